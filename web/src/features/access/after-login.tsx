import { Navigate } from '@tanstack/react-router';

/** `/login` and `/setup` for somebody who is signed in: on to the overview. */
export function AfterLogin() {
  return <Navigate to="/" replace />;
}
