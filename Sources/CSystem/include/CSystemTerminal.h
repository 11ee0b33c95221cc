#pragma once

// The process, its terminal, its signals and its guard, in plain types. Errors are `errno` values, 0 is none.

/// Closes the doors that a program with secrets should not leave open: new files are for their owner alone, no
/// core is dumped, no other process of the user reads its memory, and a crash ends it at once, without the
/// runtime's own report of registers and memory.
void process_harden(void);

/// Whether the descriptor is a terminal.
int terminal_is(int descriptor);

/// Chooses how text is written (`LC_CTYPE`). 1: UTF-8; 0: nothing but ASCII.
///
/// Nothing chosen (usual over SSH), `LANG=C`, and a locale that does not exist here all mean UTF-8: no terminal in
/// use today lacks it. A name that says another character set (`de_DE.ISO-8859-1`, or `LC_ALL=C`, which nobody
/// has by accident) means ASCII.
int terminal_choose_text(void);

/// The window's rows and columns as the terminal tells them: 0 when it doesn't know, and not to be trusted.
void terminal_size(int *rows, int *columns);

/// Reads keys from now on by a descriptor of our own, which never waits: another process may take away what
/// was announced, such as a shell while this one is stopped. Standard input's own mode is shared with that shell.
void terminal_open_input(void);

/// Whether the terminal is this process group's, and not a shell's or another job's.
int terminal_is_ours(void);

/// Reads what was typed: the number of bytes, 0 when nothing waits, -1 when the terminal is gone.
long terminal_read(unsigned char *bytes, long capacity);

/// Whether something was typed that is not read yet.
int terminal_has_input(void);

/// Hands text to the tmux that this terminal is in, which puts it into its buffer `patrol` and into the terminal's
/// clipboard (`tmux load-buffer -w -`): by its standard input, without a shell. Where it is not kept, the buffer is
/// deleted as soon as it was sent. An error number; ETIMEDOUT after so long.
int tmux_load_buffer(const unsigned char *bytes, long count, int is_kept, int milliseconds);

/// Sends bytes as they are, past ncurses: between two frames only.
int terminal_send(const unsigned char *bytes, long count);

/// Waits until the terminal, the signals, the change descriptor or the watched folder have something, or for at most
/// `milliseconds` (-1: for ever). -1 in place of a descriptor leaves it out.
/// Bit 0: the terminal; bit 1: signals; bit 2: changes; bit 3: the folder.
int terminal_wait(int signals, int changes, int folder, int milliseconds);

/// Reads a line from standard input without showing it. The terminal shows what is typed again before a signal
/// ends or stops the process. -1 where it can't be read.
long terminal_read_hidden(unsigned char *bytes, long capacity);

/// Writes a new file for its owner alone: never over one that is there, never through a link.
int file_write_new(const char *path, const unsigned char *bytes, long count);

/// Reads a person's own file through links: it must be ordinary, and is never waited for. The number of bytes, or a
/// negative error number: -EFBIG where it is larger than `capacity`, -EISDIR, -EINVAL where it is a pipe or device, -ELOOP
/// where links lead nowhere.
long configuration_read(const char *path, unsigned char *bytes, long capacity);

enum {
    /// The folder can't be locked: it is missing, not to be read, or on a file system without locks.
    CONFIGURATION_UNLOCKED = -1,
    /// Another process had the lock all the time.
    CONFIGURATION_HELD = -2,
};

/// Keeps other processes that ask the same from the folder of this file, which is made where it is missing, for at most so long
/// until they let it go: what is to be given to `configuration_unlock`, or one of the above. Nothing is left behind by it, not
/// by a process that dies either.
int configuration_lock(const char *path, int milliseconds);
void configuration_unlock(int lock);

/// Puts a file for its owner alone in the place of the one at `path`, whole or not at all; its folders are made.
/// ELOOP where the name is a link that leads nowhere: it stays one.
int configuration_write(const char *path, const unsigned char *bytes, long count);

/// A descriptor that is readable when files of the folder are saved, renamed or removed, or -1.
int folder_watch(const char *path);

/// Takes all that is waiting: whether there was anything.
int folder_changed(int descriptor);

/// The descriptor that tells of signals to this process, or -1. They must be blocked (`guard_start` does it).
int signals_open(void);

/// The next signal that arrived, 0 when there is none.
int signals_next(int descriptor);

/// Stops this process as Ctrl-Z does, and comes back when it is continued. Comes back at once where
/// nobody could continue it (no shell with job control above).
void signals_suspend(void);

/// Splits the process in two: this call comes back in the child, which does the work. The parent stays behind
/// as its guard, and ends with it: whatever the child dies of, the parent puts the terminal back, says in one line what happened,
/// and ends with the child's code or 128 + signal. TERM, HUP, INT, QUIT and TSTP sent to it go on to the child; a child that
/// doesn't follow within 1.5 s is killed. When the guard dies, the child gets TERM.
///
/// To be called before any thread, file or database is opened. In the child, the signals it wants
/// to read from `signals_open` are blocked, and SIGPIPE and SIGTTOU ignored.
int guard_start(void);

/// The screen is up: from now on the guard restores the terminal with these bytes (at most 512), and what is
/// written to standard error is kept for it to show, instead of spoiling the screen.
void guard_screen_is_up(const char *bytes, long count);

/// The screen is down: standard error goes where it went before.
void guard_screen_is_down(void);
