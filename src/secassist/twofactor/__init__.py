"""Two-step sign-in: codes, their addresses and pictures, the guided set-up, imports and exports."""
