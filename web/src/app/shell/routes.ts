import type { Routes } from '@angular/router';

/** Every page of the portal, each its own chunk; `title` is a key of the words. */
export const ROUTES: Routes = [
  {
    path: '',
    pathMatch: 'full',
    title: 'board.title',
    loadComponent: () => import('../coordinator/board-page').then((page) => page.BoardPage),
  },
];
