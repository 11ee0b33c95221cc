#pragma once

// Programs started for a test or a measurement: on a pseudo-terminal of their own, or on pipes.
// No descriptor of ours reaches them, and they start with every signal as the system has it.
// Functions that answer an `int` error answer 0 for success, else the system's error number.

/// Starts a program in a new session whose terminal is a new pseudo-terminal of that size.
/// `arguments` and `environment` end with NULL. `folder`: where it starts, or NULL.
/// `terminal`: our side, which does not block.
int pseudo_terminal_start(
    const char *program, char *const *arguments, char *const *environment, const char *folder,
    int rows, int columns, int *process, int *terminal);

int pseudo_terminal_resize(int terminal, int rows, int columns);
/// Whether lines are edited and characters echoed, as a shell expects to find the terminal: 1 or 0.
int pseudo_terminal_is_sane(int terminal);
/// The process group in the foreground, or -1.
int pseudo_terminal_foreground(int terminal);

/// Starts a program on three pipes. Our ends don't block.
int piped_program_start(
    const char *program, char *const *arguments, char *const *environment, const char *folder,
    int *process, int *input, int *output, int *errors);

/// Writes what fits; the count, 0 when nothing fits now, -1 when nobody reads any more.
long program_write(int descriptor, const unsigned char *bytes, long count);
/// Reads what is there; the count, 0 when nothing is there now, -1 at the end.
long program_read(int descriptor, unsigned char *bytes, long capacity);

/// Waits until one of the descriptors has something to say, or `milliseconds` have passed (-1: for ever).
/// A negative descriptor is left out. Bit 0 for `readable1`, bit 1 for `readable2`, bit 2 for `writable`.
int program_poll(int readable1, int readable2, int writable, int milliseconds);

/// Waits for the end of a child, at most that long: ETIMEDOUT when it still runs. `code`: its exit code, or -1;
/// `by_signal`: the signal that ended it, or 0.
int program_wait(int process, int milliseconds, int *code, int *by_signal);
int program_signal(int process, int number);
void program_close(int descriptor);

/// Nanoseconds of the monotonic clock.
long long monotonic_nanoseconds(void);
