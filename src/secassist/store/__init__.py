"""What stays on this computer: the settings. (The encrypted store comes to stand here.)"""
