#pragma once

// What the guard and the signals share among themselves.

#include <signal.h>

/// The signals that are read instead of handled: a handler could interrupt ncurses or an allocation.
void signals_make_set(sigset_t *set);

/// Stops this process, or its whole process group, by SIGTSTP's default action.
void signals_stop(int whole_group);
