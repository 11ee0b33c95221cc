#pragma once
#include <stdio.h>

// Where ncurses writes to. Version 6.4 writes at every movement of the cursor: seventy small writes for one frame,
// each of them a packet over SSH and a wake-up of the terminal. So a frame is gathered first and sent as one.

/// A stream to the terminal for ncurses alone, or NULL: then standard output has to do.
FILE *output_open(void);

/// From here on what is written to the stream is kept back.
void output_gather(void);

/// Sends what was kept back.
void output_send(void);
