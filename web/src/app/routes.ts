import type { Routes } from '@angular/router';
import { BoardPage } from './coordinator/board-page';

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
    path: '**',
    title: 'not-found.title',
    loadComponent: () => import('./shell/not-found-page').then((page) => page.NotFoundPage),
  },
];
