#pragma once
#include <stdio.h>

// Where ncurses writes to. Version 6.4 writes at every movement of the cursor: seventy small writes for one frame,
// each of them a packet over SSH and a wake-up of the terminal. So a frame is gathered first and sent as one.

/// A stream to the terminal for ncurses alone, or NULL: then standard output has to do.
FILE *output_open(void);

/// From here on what is written to the stream is kept back, until `output_release`.
void output_gather(void);

/// Sends what was kept back, as one.
void output_send(void);

/// From here on what is written to the stream goes to the terminal, as do its modes.
void output_release(void);

/// From now on larger frames are sent between the marks of mode 2026.
void output_synchronize(int is_wanted);
