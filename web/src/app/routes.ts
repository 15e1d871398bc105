import type { Routes } from '@angular/router';
import { BoardPage } from './coordinator/board-page';
import { signedIn } from './shell/signed-in';

/**
 * Every page of the portal; `title` is a key of the words. The board is where people land and comes with the first load;
 * every other page is its own chunk.
 */
export const ROUTES: Routes = [
  {
    path: '',
    pathMatch: 'full',
    title: 'board.title',
    component: BoardPage,
  },
  {
    path: 'pathways/:pathwayId',
    title: 'pathway.title',
    loadComponent: () => import('./coordinator/pathway-page').then((page) => page.PathwayPage),
  },
  {
    path: 'partnerships',
    title: 'ladder.title',
    loadComponent: () => import('./coordinator/partnerships-page').then((page) => page.PartnershipsPage),
  },
  {
    path: 'partnerships/:employerId/:pathwayId',
    title: 'partnership.title',
    loadComponent: () => import('./coordinator/partnership-page').then((page) => page.PartnershipPage),
  },
  {
    path: 'regions',
    title: 'regions.title',
    loadComponent: () => import('./public/regions-page').then((page) => page.RegionsPage),
  },
  {
    path: 'regions/:areaId',
    title: 'region.title',
    loadComponent: () => import('./public/region-page').then((page) => page.RegionPage),
  },
  {
    path: 'imports',
    title: 'imports.title',
    loadComponent: () => import('./admin/imports-page').then((page) => page.ImportsPage),
  },
  {
    path: 'imports/:importId',
    title: 'import.title',
    loadComponent: () => import('./admin/import-page').then((page) => page.ImportPage),
  },
  {
    path: 'method',
    title: 'method.title',
    loadComponent: () => import('./public/method-page').then((page) => page.MethodPage),
  },
  {
    path: 'sign-in',
    title: 'sign-in.title',
    loadComponent: () => import('./account/sign-in-page').then((page) => page.SignInPage),
  },
  {
    path: 'sign-in/services/:providerId',
    title: 'service.title',
    loadComponent: () => import('./account/service-page').then((page) => page.ServicePage),
  },
  {
    path: 'invitation',
    title: 'invitation.title',
    loadComponent: () => import('./account/invitation-page').then((page) => page.InvitationPage),
  },
  {
    path: 'task',
    title: 'task.title',
    loadComponent: () => import('./account/task-page').then((page) => page.TaskPage),
  },
  {
    path: 'profile',
    title: 'profile.title',
    canActivate: [signedIn],
    loadComponent: () => import('./account/profile-page').then((page) => page.ProfilePage),
  },
  {
    path: 'organizations',
    title: 'organizations.title',
    canActivate: [signedIn],
    loadComponent: () => import('./admin/organizations-page').then((page) => page.OrganizationsPage),
  },
  {
    path: 'organizations/:organizationId',
    title: 'organization.title',
    canActivate: [signedIn],
    loadComponent: () => import('./admin/organization-page').then((page) => page.OrganizationPage),
  },
  {
    path: 'duplicates',
    title: 'duplicates.title',
    canActivate: [signedIn],
    loadComponent: () => import('./admin/duplicates-page').then((page) => page.DuplicatesPage),
  },
  {
    path: 'audit',
    title: 'audit.title',
    canActivate: [signedIn],
    loadComponent: () => import('./admin/audit-page').then((page) => page.AuditPage),
  },
  {
    // Whoever runs the server needs no sign-in.
    path: 'jobs',
    title: 'jobs.title',
    loadComponent: () => import('./admin/jobs-page').then((page) => page.JobsPage),
  },
  {
    path: 'system',
    title: 'system.title',
    loadComponent: () => import('./admin/system-page').then((page) => page.SystemPage),
  },
  {
    // On a development machine alone; elsewhere the server knows of no letters.
    path: 'mailbox',
    title: 'mailbox.title',
    loadComponent: () => import('./admin/mailbox-page').then((page) => page.MailboxPage),
  },
  {
    path: 'students',
    title: 'students.title',
    canActivate: [signedIn],
    loadComponent: () => import('./coordinator/students-page').then((page) => page.StudentsPage),
  },
  {
    path: 'students/:studentId',
    title: 'student.title',
    canActivate: [signedIn],
    loadComponent: () => import('./coordinator/student-page').then((page) => page.StudentPage),
  },
  {
    path: 'my-students',
    title: 'my-students.title',
    canActivate: [signedIn],
    loadComponent: () => import('./student/my-students-page').then((page) => page.MyStudentsPage),
  },
  {
    path: 'consent',
    title: 'consent.title',
    canActivate: [signedIn],
    loadComponent: () => import('./student/consent-page').then((page) => page.ConsentPage),
  },
  {
    path: 'consent-link',
    title: 'consent-link.title',
    loadComponent: () => import('./account/consent-link-page').then((page) => page.ConsentLinkPage),
  },
  {
    path: 'stop-mails',
    title: 'stop-mails.title',
    loadComponent: () => import('./account/stop-mails-page').then((page) => page.StopMailsPage),
  },
  {
    path: 'shared-students',
    title: 'shared-students.title',
    canActivate: [signedIn],
    loadComponent: () => import('./employer/shared-students-page').then((page) => page.SharedStudentsPage),
  },
  {
    path: '**',
    title: 'not-found.title',
    loadComponent: () => import('./shell/not-found-page').then((page) => page.NotFoundPage),
  },
];
