#include <sqlite3.h>

#include "CSQLite.h"

#include <string.h>

_Static_assert(csqlite_ok == SQLITE_OK, "");
_Static_assert(csqlite_permission == SQLITE_PERM, "");
_Static_assert(csqlite_busy == SQLITE_BUSY, "");
_Static_assert(csqlite_nomem == SQLITE_NOMEM, "");
_Static_assert(csqlite_readonly == SQLITE_READONLY, "");
_Static_assert(csqlite_interrupted == SQLITE_INTERRUPT, "");
_Static_assert(csqlite_io == SQLITE_IOERR, "");
_Static_assert(csqlite_corrupt == SQLITE_CORRUPT, "");
_Static_assert(csqlite_full == SQLITE_FULL, "");
_Static_assert(csqlite_cantopen == SQLITE_CANTOPEN, "");
_Static_assert(csqlite_toobig == SQLITE_TOOBIG, "");
_Static_assert(csqlite_constraint == SQLITE_CONSTRAINT, "");
_Static_assert(csqlite_auth == SQLITE_AUTH, "");
_Static_assert(csqlite_notadb == SQLITE_NOTADB, "");
_Static_assert(csqlite_row == SQLITE_ROW, "");
_Static_assert(csqlite_done == SQLITE_DONE, "");
_Static_assert(csqlite_busy_snapshot == SQLITE_BUSY_SNAPSHOT, "");
_Static_assert(csqlite_readonly_moved == SQLITE_READONLY_DBMOVED, "");
_Static_assert(csqlite_short_read == SQLITE_IOERR_SHORT_READ, "");
_Static_assert(csqlite_integer == SQLITE_INTEGER, "");
_Static_assert(csqlite_text == SQLITE_TEXT, "");
_Static_assert(csqlite_blob == SQLITE_BLOB, "");
_Static_assert(csqlite_null == SQLITE_NULL, "");

int csqlite_open(const char *path, int may_write, sqlite3 **database) {
    int access = may_write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    return sqlite3_open_v2(
        path, database,
        access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE, NULL);
}

int csqlite_open_new(const char *path, sqlite3 **database) {
    return sqlite3_open_v2(
        path, database,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW
            | SQLITE_OPEN_EXRESCODE,
        NULL);
}

static unsigned char folded(unsigned char byte) {
    return byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte;
}

/// The scalar that ends before `end`; what is no UTF-8 counts as a letter.
static unsigned scalar_before(const unsigned char *field, int end) {
    int start = end - 1;
    while (start > 0 && end - start < 4 && (field[start] & 0xc0) == 0x80) start--;
    unsigned value = field[start];
    if (value < 0x80) return value;
    int length = end - start;
    value &= 0x7fu >> length;
    for (int place = start + 1; place < end; place++) value = value << 6 | (field[place] & 0x3fu);
    return value;
}

/// Whether a word can begin after this scalar: it is neither a letter nor a digit. Of what is not ASCII, only
/// spaces and general punctuation are known not to be.
static int is_between_words(unsigned scalar) {
    if (scalar < 0x80) {
        return !(scalar >= '0' && scalar <= '9') && !(scalar >= 'A' && scalar <= 'Z')
            && !(scalar >= 'a' && scalar <= 'z');
    }
    return scalar == 0xa0 || scalar == 0xab || scalar == 0xbb || scalar == 0xb7
        || (scalar >= 0x2000 && scalar <= 0x206f) || (scalar >= 0x3000 && scalar <= 0x3003)
        || (scalar >= 0x3008 && scalar <= 0x3011);
}

/// Whether `part` begins with something that is no part of a word, so that it may stand anywhere.
static int begins_anywhere(const unsigned char *part) { return part[0] < 0x80 && is_between_words(part[0]); }

static int has_word(
    const unsigned char *field, int field_count, const unsigned char *part, int part_count) {
    unsigned char first = part[0];
    unsigned char other = first >= 'a' && first <= 'z' ? first - ('a' - 'A') : first;
    int is_anywhere = begins_anywhere(part);
    for (int start = 0; start + part_count <= field_count; start++) {
        if (field[start] != first && field[start] != other) continue;
        int matched = 1;
        while (matched < part_count && folded(field[start + matched]) == part[matched]) matched++;
        if (matched < part_count) continue;
        if (is_anywhere || start == 0 || is_between_words(scalar_before(field, start))) return 1;
    }
    return 0;
}

/// `has_word(part, field, …)`: whether a word of one of the fields begins with the bytes of `part`, whose ASCII
/// letters are small; those of the fields may be of either case. Unlike LIKE it knows no special characters,
/// no limit, and goes on after a zero byte.
static void has_word_function(sqlite3_context *context, int count, sqlite3_value **values) {
    const unsigned char *part = sqlite3_value_blob(values[0]);
    int part_count = sqlite3_value_bytes(values[0]);
    int is_found = part_count == 0;
    for (int place = 1; place < count && !is_found; place++) {
        const unsigned char *field = sqlite3_value_blob(values[place]);
        if (field) is_found = has_word(field, sqlite3_value_bytes(values[place]), part, part_count);
    }
    sqlite3_result_int(context, is_found);
}

static void set_limits(sqlite3 *database) {
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, 4 << 20);
    sqlite3_limit(database, SQLITE_LIMIT_SQL_LENGTH, 128 << 10);
    sqlite3_limit(database, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 256);
    sqlite3_limit(database, SQLITE_LIMIT_VARIABLE_NUMBER, 999);
    sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 1);
    sqlite3_limit(database, SQLITE_LIMIT_EXPR_DEPTH, 200);
    sqlite3_limit(database, SQLITE_LIMIT_WORKER_THREADS, 0);
}

int csqlite_configure(sqlite3 *database, int keeps_log) {
    int outcome = SQLITE_OK;
    struct { int setting, value; } settings[] = {
        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 1},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keeps_log},
    };
    for (size_t place = 0; place < sizeof settings / sizeof *settings; place++) {
        int now = -1;
        outcome = sqlite3_db_config(database, settings[place].setting, settings[place].value, &now);
        if (outcome != SQLITE_OK) return outcome;
        if (now != settings[place].value) return SQLITE_MISUSE;
    }
    set_limits(database);
    return sqlite3_create_function_v2(
        database, "has_word", -1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL,
        has_word_function, NULL, NULL, NULL);
}

int csqlite_read_header(sqlite3 *database, uint8_t *bytes, int count) {
    sqlite3_file *file = NULL;
    int outcome = sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (outcome != SQLITE_OK) return outcome;
    if (!file || !file->pMethods) return SQLITE_CANTOPEN;
    return file->pMethods->xRead(file, bytes, count, 0);
}

int csqlite_has_moved(sqlite3 *database) {
    int has_moved = 0;
    int outcome = sqlite3_file_control(database, "main", SQLITE_FCNTL_HAS_MOVED, &has_moved);
    return outcome == SQLITE_OK ? has_moved != 0 : -1;
}

// Two copies of a header of 12 words, then more. A writer writes the second copy first: where they are alike, both are whole.
enum { mark_words = 12, log_index_version = 3007000, log_index_region = 32768 };

int csqlite_commit_mark(sqlite3 *database, uint32_t *words) {
    sqlite3_file *file = NULL;
    if (sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || !file) return 0;
    const sqlite3_io_methods *methods = file->pMethods;
    if (!methods || methods->iVersion < 2 || !methods->xShmMap) return 0;
    void volatile *region = NULL;
    if (methods->xShmMap(file, 0, log_index_region, 0, &region) != SQLITE_OK || !region) return 0;
    const volatile uint32_t *shared = region;
    for (int at = 0; at < mark_words; at++) words[at] = __atomic_load_n(&shared[at], __ATOMIC_ACQUIRE);
    for (int at = 0; at < mark_words; at++) {
        if (__atomic_load_n(&shared[mark_words + at], __ATOMIC_ACQUIRE) != words[at]) return 0;
    }
    return words[0] == log_index_version;
}

// Steps of SQLite's machine from one question to the next: about a millisecond.
enum { steps_at_once = 100000 };

static int is_asked(void *asked) { return ((int (*)(void))asked)(); }

void csqlite_stop_when(sqlite3 *database, int (*asked)(void)) {
    sqlite3_progress_handler(database, steps_at_once, is_asked, (void *)asked);
}

static int note_log(void *pages, sqlite3 *database, const char *name, int count) {
    (void)database;
    (void)name;
    *(int *)pages = count;
    return SQLITE_OK;
}

void csqlite_watch_log(sqlite3 *database, int *pages) {
    sqlite3_wal_hook(database, note_log, pages);
}

int csqlite_checkpoint(sqlite3 *database, int *log_pages, int *copied_pages) {
    return sqlite3_wal_checkpoint_v2(
        database, "main", SQLITE_CHECKPOINT_PASSIVE, log_pages, copied_pages);
}

int csqlite_prepare(sqlite3 *database, const char *sql, int count, sqlite3_stmt **statement) {
    const char *rest = NULL;
    int outcome = sqlite3_prepare_v3(
        database, sql, count, SQLITE_PREPARE_PERSISTENT, statement, &rest);
    if (outcome == SQLITE_OK && !*statement) return SQLITE_MISUSE;
    return outcome;
}

int csqlite_execute(sqlite3 *database, const char *sql) {
    return sqlite3_exec(database, sql, NULL, NULL, NULL);
}

int csqlite_bind_text(sqlite3_stmt *statement, int place, const char *text, int count) {
    return sqlite3_bind_text(statement, place, text ? text : "", count, SQLITE_TRANSIENT);
}

int csqlite_bind_blob(sqlite3_stmt *statement, int place, const uint8_t *bytes, int count) {
    if (count == 0) return sqlite3_bind_zeroblob(statement, place, 0);
    return sqlite3_bind_blob(statement, place, bytes, count, SQLITE_TRANSIENT);
}
