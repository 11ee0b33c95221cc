#pragma once
#include <stdint.h>

// The part of SQLite's C interface that Patrol uses, declared anew so that no header of the
// system crosses into Swift. `CSQLite.c` includes both and so proves that they agree.

struct sqlite3;
struct sqlite3_stmt;

const char *sqlite3_errmsg(struct sqlite3 *database);
const char *sqlite3_errstr(int code);
const char *sqlite3_libversion(void);
int sqlite3_extended_errcode(struct sqlite3 *database);
int sqlite3_close_v2(struct sqlite3 *database);
int sqlite3_busy_timeout(struct sqlite3 *database, int milliseconds);
int sqlite3_changes(struct sqlite3 *database);
int sqlite3_get_autocommit(struct sqlite3 *database);
void sqlite3_interrupt(struct sqlite3 *database);

int sqlite3_finalize(struct sqlite3_stmt *statement);
int sqlite3_step(struct sqlite3_stmt *statement);
int sqlite3_reset(struct sqlite3_stmt *statement);
int sqlite3_clear_bindings(struct sqlite3_stmt *statement);
int sqlite3_bind_parameter_count(struct sqlite3_stmt *statement);
int sqlite3_bind_null(struct sqlite3_stmt *statement, int place);
int sqlite3_bind_int64(struct sqlite3_stmt *statement, int place, long long value);
int sqlite3_column_count(struct sqlite3_stmt *statement);
int sqlite3_column_type(struct sqlite3_stmt *statement, int place);
int sqlite3_column_bytes(struct sqlite3_stmt *statement, int place);
long long sqlite3_column_int64(struct sqlite3_stmt *statement, int place);
const unsigned char *sqlite3_column_text(struct sqlite3_stmt *statement, int place);
const void *sqlite3_column_blob(struct sqlite3_stmt *statement, int place);

#define csqlite_ok 0
#define csqlite_integer 1
#define csqlite_permission 3
#define csqlite_text 3
#define csqlite_blob 4
#define csqlite_busy 5
#define csqlite_null 5
#define csqlite_nomem 7
#define csqlite_readonly 8
#define csqlite_interrupted 9
#define csqlite_io 10
#define csqlite_corrupt 11
#define csqlite_full 13
#define csqlite_cantopen 14
#define csqlite_toobig 18
#define csqlite_constraint 19
#define csqlite_auth 23
#define csqlite_notadb 26
#define csqlite_row 100
#define csqlite_done 101
#define csqlite_busy_snapshot 517
#define csqlite_short_read 522
#define csqlite_readonly_moved 1032

/// Opens the existing file at `path`, which must hold no symbolic link, for one thread.
/// Nothing is read but the first 100 bytes, and nothing is written.
int csqlite_open(const char *path, int may_write, struct sqlite3 **database);

/// Opens a file that is made if it is missing: for the making of a database under a temporary name.
int csqlite_open_new(const char *path, struct sqlite3 **database);

/// The settings that need C: no double-quoted text, a schema that is not trusted, defence against
/// writing to SQLite's own tables, limits, the functions Patrol adds. With `keeps_log` the write-ahead
/// log is not checkpointed when the last connection closes.
int csqlite_configure(struct sqlite3 *database, int keeps_log);

/// Asks now and then, while statements run, whether to stop; one that is told so ends with `csqlite_interrupted`.
void csqlite_stop_when(struct sqlite3 *database, int (*asked)(void));

/// Reads the first `count` bytes of the open file through SQLite itself: closing another descriptor
/// of it would drop the locks of this process. Returns an SQLite code.
int csqlite_read_header(struct sqlite3 *database, uint8_t *bytes, int count);

/// 1 where the file is no longer the one at the path it was opened by, 0 where it is, -1 unknown.
int csqlite_has_moved(struct sqlite3 *database);

/// Reads the 12 words at the head of the write-ahead log's index, which is shared memory that each commit of any process
/// changes: layout and meaning are those of https://www.sqlite.org/walformat.html, 2.1. Returns 1 where they were
/// read, 0 where a commit is just being published, or the file has no such index.
int csqlite_commit_mark(struct sqlite3 *database, uint32_t *words);

/// Keeps `*pages` at the length of the write-ahead log after each commit of this connection.
void csqlite_watch_log(struct sqlite3 *database, int *pages);

/// Copies pages of the log back into the file, waiting for nobody. Writes how many pages the log
/// has and how many of them were copied.
int csqlite_checkpoint(struct sqlite3 *database, int *log_pages, int *copied_pages);

/// Prepares the one statement in the `count` bytes of `sql`; it is kept for a long time.
int csqlite_prepare(
    struct sqlite3 *database, const char *sql, int count, struct sqlite3_stmt **statement);

/// Runs statements without results, separated by `;`.
int csqlite_execute(struct sqlite3 *database, const char *sql);

/// Binds a copy of `count` bytes as text.
int csqlite_bind_text(struct sqlite3_stmt *statement, int place, const char *text, int count);

/// Binds a copy of `count` bytes; none is an empty value, not a missing one.
int csqlite_bind_blob(
    struct sqlite3_stmt *statement, int place, const uint8_t *bytes, int count);
