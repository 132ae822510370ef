"""Who comes in: sign-in by OpenID Connect where it is set up, else a demo that only this machine can reach."""
