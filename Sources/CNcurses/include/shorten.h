#pragma once

// What ncurses sends to change the looks of letters is often said twice: it names the background with every colour, ends
// bold with three sequences where one would do, and chooses a set of letters that is chosen already. Over a slow line
// that is a third of a step of the cursor.

/// The room that `shorten` needs at most for so many bytes.
long shorten_room(long count);

/// Writes to `shorter` what shows the same as these bytes, which hold whole sequences. Its length.
///
/// Sequences that choose looks (SGR) become one before the next letter or blank, with only what differs from the looks
/// that are on; all others are passed on as they are.
long shorten(const char *bytes, long count, char *shorter);

/// Nothing is known of the looks that are on: somebody else wrote to the terminal.
void shorten_forget(void);
