"""What keys do: one class a command, from which its binding, tooltip, help and palette entry come."""
