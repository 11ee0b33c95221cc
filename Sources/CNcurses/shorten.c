#include "shorten.h"

#include <string.h>

enum { COLOUR = 20, FLAGS = 10 };

/// The looks of letters, as a terminal has them on. A colour is the text that chooses it, empty for the standard one.
struct looks {
    char foreground[COLOUR], background[COLOUR];
    /// By the number that switches it on: 1 bold to 9 struck out.
    unsigned char flags[FLAGS];
    /// The set of letters; 0: not known.
    char letters;
};

/// What the terminal has on, and what it is to have on for the next letter.
static struct looks on, wanted;
static int is_known;
/// `on` is `wanted`: nothing was said of looks since the last letter.
static int is_settled;
/// Whether the terminal was told to use its standard colours by 39 and 49: then it knows them.
static int knows_standard;
/// The terminal has ways that are not known here: all is passed on as it is.
static int is_off;

struct text {
    char *start;
    long count;
};

static void add(struct text *text, const char *bytes, long count) {
    memcpy(text->start + text->count, bytes, (size_t)count);
    text->count += count;
}

static void add_part(struct text *text, const char *part) {
    if (!*part) return;
    if (text->start[text->count - 1] != '[') add(text, ";", 1);
    add(text, part, (long)strlen(part));
}

static void add_flags(struct text *text, const struct looks *before) {
    for (int number = 1; number < FLAGS; number++) {
        char part[2] = {(char)('0' + number), 0};
        if (wanted.flags[number] && !(before && before->flags[number])) add_part(text, part);
    }
}

/// From nothing: `ESC [ 0 ; … m`.
static void add_whole(struct text *text) {
    static const struct looks plain;
    int is_plain = !*wanted.foreground && !*wanted.background && !memcmp(wanted.flags, plain.flags, FLAGS);
    add(text, "\033[", 2);
    if (!is_plain) add_part(text, "0");
    add_flags(text, NULL);
    add_part(text, wanted.foreground);
    add_part(text, wanted.background);
    add(text, "m", 1);
}

/// A terminal of 256 colours knows how to end bold alone, which older ones took for something else.
static int can_end_bold(void) {
    return !on.flags[2] && !wanted.flags[2]
        && (strncmp(on.foreground, "38;5;", 5) == 0 || strncmp(wanted.foreground, "38;5;", 5) == 0);
}

/// From what is on; 0 where only a start from nothing can do it.
static int add_difference(struct text *text) {
    int ends_bold = on.flags[1] && !wanted.flags[1] && can_end_bold();
    for (int number = ends_bold ? 2 : 1; number < FLAGS; number++) if (on.flags[number] && !wanted.flags[number]) return 0;
    int foreground = strcmp(on.foreground, wanted.foreground) != 0;
    int background = strcmp(on.background, wanted.background) != 0;
    if (!knows_standard && ((foreground && !*wanted.foreground) || (background && !*wanted.background))) return 0;
    add(text, "\033[", 2);
    if (ends_bold) add_part(text, "22");
    add_flags(text, &on);
    if (foreground) add_part(text, *wanted.foreground ? wanted.foreground : "39");
    if (background) add_part(text, *wanted.background ? wanted.background : "49");
    add(text, "m", 1);
    return 1;
}

static int looks_differ(void) {
    return strcmp(on.foreground, wanted.foreground) || strcmp(on.background, wanted.background)
        || memcmp(on.flags, wanted.flags, FLAGS);
}

/// Switches on what the next letter is to have.
static void settle(struct text *text) {
    if (is_settled) return;
    if (wanted.letters && (!is_known || wanted.letters != on.letters)) {
        char choice[3] = {'\033', '(', wanted.letters};
        add(text, choice, 3);
    }
    if (!is_known || looks_differ()) {
        char start[160], other[160];
        struct text whole = {start, 0}, difference = {other, 0};
        add_whole(&whole);
        int is_shorter = is_known && add_difference(&difference) && difference.count <= whole.count;
        if (is_shorter) add(text, other, difference.count);
        else add(text, start, whole.count);
    }
    on = wanted;
    is_known = is_settled = 1;
}

static void copy_colour(char *colour, const char *from, long count) {
    if (count >= COLOUR) count = 0;
    memcpy(colour, from, (size_t)count);
    colour[count] = 0;
}

/// The number at `*place`, which then is behind it; -1 where there is none.
static int number(const char *text, long *place, long end) {
    int value = 0;
    long start = *place;
    for (; *place < end && text[*place] >= '0' && text[*place] <= '9'; (*place)++)
        if (value < 100000) value = value * 10 + text[*place] - '0';
    return *place > start ? value : -1;
}

/// A colour by number (`38;5;203`) or by red, green and blue (`38;2;1;2;3`) ends here; -1 where it is neither.
static long colour_end(const char *text, long place, long end) {
    if (place >= end || text[place] != ';') return -1;
    place++;
    int kind = number(text, &place, end);
    for (int left = kind == 5 ? 1 : kind == 2 ? 3 : -1; left != 0; left--) {
        if (left < 0 || place >= end || text[place] != ';') return -1;
        place++;
        if (number(text, &place, end) < 0) return -1;
    }
    return place;
}

static void reset(struct looks *looks) {
    looks->foreground[0] = looks->background[0] = 0;
    memset(looks->flags, 0, FLAGS);
}

/// Bold and dim end together.
static void switch_off(struct looks *looks, int flag) {
    looks->flags[flag] = 0;
    if (flag == 2) looks->flags[1] = 0;
}

/// Takes what stands between `ESC [` and `m` into `looks`. 0 where something in it is not known here.
static int take(struct looks *looks, const char *text, long count) {
    long place = 0;
    if (count == 0) { reset(looks); return 1; }
    while (place <= count) {
        long start = place;
        int value = place < count && text[place] == ';' ? 0 : number(text, &place, count);
        if (value < 0) return 0;
        int is_background = (value >= 40 && value <= 49) || (value >= 100 && value <= 107);
        char *colour = is_background ? looks->background : looks->foreground;
        if (value == 0) reset(looks);
        else if (value < FLAGS) looks->flags[value] = 1;
        else if (value >= 22 && value <= 29) switch_off(looks, value - 20);
        else if (value == 39 || value == 49) { *colour = 0; knows_standard = 1; }
        else if (value == 38 || value == 48) {
            place = colour_end(text, place, count);
            if (place < 0) return 0;
            copy_colour(colour, text + start, place - start);
        } else if ((value >= 30 && value <= 47) || (value >= 90 && value <= 107)) copy_colour(colour, text + start, place - start);
        else return 0;
        if (place < count && text[place] != ';') return 0;
        place++;
    }
    return 1;
}

/// Behind the sequence that begins with the escape at `place`.
static long sequence_end(const char *bytes, long place, long count) {
    if (place + 1 >= count) return count;
    if (bytes[place + 1] == '(') return place + 3 <= count ? place + 3 : count;
    if (bytes[place + 1] != '[') return place + 2;
    for (place += 2; place < count; place++) if (bytes[place] >= 0x40 && bytes[place] <= 0x7e) return place + 1;
    return count;
}

/// A movement shows nothing, whatever looks are on.
static int is_movement(const char *sequence, long length) {
    return length > 2 && sequence[1] == '[' && sequence[2] != '?' && strchr("ABCDGHd", sequence[length - 1]);
}

static void take_sequence(struct text *text, const char *sequence, long length) {
    if (length == 3 && sequence[1] == '(') { wanted.letters = sequence[2]; is_settled = 0; return; }
    if (sequence[length - 1] == 'm' && length > 2 && sequence[1] == '[') {
        struct looks looks = wanted;
        if (take(&looks, sequence + 2, length - 3)) { wanted = looks; is_settled = 0; return; }
        settle(text);
        is_off = 1;
    }
    if (!is_off && !is_movement(sequence, length)) settle(text);
    add(text, sequence, length);
}

long shorten_room(long count) { return count * 48 + 256; }

long shorten(const char *bytes, long count, char *shorter) {
    struct text text = {shorter, 0};
    for (long place = 0; place < count;) {
        if (is_off) {
            add(&text, bytes + place, count - place);
            break;
        }
        if (bytes[place] == '\033') {
            long end = sequence_end(bytes, place, count);
            take_sequence(&text, bytes + place, end - place);
            place = end;
        } else {
            if (bytes[place] != '\r') settle(&text);
            add(&text, bytes + place, 1);
            place++;
        }
    }
    if (!is_off) settle(&text);
    return text.count;
}

void shorten_forget(void) {
    is_known = is_settled = 0;
    memset(&wanted, 0, sizeof wanted);
}
