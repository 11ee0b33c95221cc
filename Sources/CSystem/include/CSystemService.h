#pragma once

// What a program that serves others needs of the system. Errors are `errno` values, 0 is none.

/// Keeps SIGTERM, SIGINT and SIGHUP from this thread and those that it starts: `csystem_next_service_signal` takes them.
void csystem_hold_service_signals(void);

#define csystem_service_end 1
#define csystem_service_reload 2

/// The next of them, or 0 after so many milliseconds.
int csystem_next_service_signal(int milliseconds);

/// Lets this process have as many descriptors as it may.
void csystem_raise_descriptor_limit(void);

/// Tells the service manager, where there is one, what state this is in: `READY=1`, `STOPPING=1`.
int csystem_notify_service(const char *state);

/// Becomes the program of this name that stands in the folder of this one, with `count` words. Returns only where it can't.
int process_become_sibling(const char *name, char *const words[], int count);
