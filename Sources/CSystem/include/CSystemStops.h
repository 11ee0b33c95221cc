#pragma once

// Work that takes long and can be stopped between two of its steps.

/// From now on SIGINT and SIGTERM do not end this process: `csystem_stop_asked` tells of them. A third one ends it,
/// where nothing listens.
void csystem_watch_stops(void);

/// The two do what they did before.
void csystem_forget_stops(void);

/// Whether one of the two has come, also while it is held back. 0 where they are not watched.
int csystem_stop_asked(void);
