#pragma once
#include <stddef.h>
#include <stdint.h>

// What the door needs of the machine: the time, who runs it, and the file with the key.

/// Milliseconds since 1970 UTC.
int64_t csystem_clock(void);

/// The name of the user who runs this process, or his number where he has none. Returns its length.
size_t csystem_user_name(char *name, size_t capacity);

/// Reads the small file at `path`: a plain file of this user, which nobody else can read or write, or
/// one of the administrator's that only he and this user can read.
/// Returns the bytes read, or a negative error number: -EPERM where others could get at it.
long csystem_read_private(const char *path, unsigned char *bytes, size_t capacity);

/// The system's words for an error number.
size_t csystem_error_text(int code, char *text, size_t capacity);
