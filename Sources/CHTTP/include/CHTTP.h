// An HTTP/1.1 server, by libmicrohttpd, behind a header of plain types.
//
// The server reads requests on threads of its own and calls `handle` with each one that is whole. Text is bytes as
// they came, not decoded and not ended by a zero byte unless it says so. Everything of a request is good until it was answered.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct chttp_server;
struct chttp_request;

/// Bytes that belong to somebody else.
struct chttp_text {
    const char *bytes;
    size_t count;
};

struct chttp_field {
    struct chttp_text name;
    struct chttp_text value;
};

struct chttp_limits {
    unsigned threads;
    /// Connections at once, of all threads together.
    unsigned connections;
    /// Of one address; 0: as many as there are.
    unsigned connections_per_address;
    /// A connection on which nothing moves for so long is closed.
    unsigned idle_seconds;
    /// For the head of a request and the answer's, in bytes.
    size_t memory_per_connection;
    /// The longest body, in bytes.
    size_t body;
};

/// Called on a thread of the server for each whole request. It answers with `chttp_answer` before it returns, or
/// calls `chttp_suspend` and answers later, on any thread.
typedef void (*chttp_handler)(void *context, struct chttp_request *request);

/// Called on a thread of the server for what never became a request: with the status it was refused with.
typedef void (*chttp_refusal)(void *context, int status);

/// Serves on a socket that listens already; it belongs to the server then. Null where it can't.
struct chttp_server *chttp_start(
    int listening, const struct chttp_limits *limits, chttp_handler handle, chttp_refusal refused, void *context);

/// Takes no more connections: who comes is refused. Answers from now on close theirs.
void chttp_drain(struct chttp_server *server);

/// How many requests have begun and are not answered to the end.
unsigned chttp_requests(const struct chttp_server *server);

/// Closes all connections and waits for the threads. Requests that were suspended have to be answered, and streams to be
/// ended: it waits 10 seconds for that. False where some were not: then it goes on as it is, and the process should end.
bool chttp_stop(struct chttp_server *server);

// What was asked.
struct chttp_text chttp_method(const struct chttp_request *request);
/// As it stands in the request line: path and query, nothing decoded.
struct chttp_text chttp_target(const struct chttp_request *request);
/// All header fields in their order; `*count` is how many.
const struct chttp_field *chttp_fields(const struct chttp_request *request, size_t *count);
struct chttp_text chttp_body(const struct chttp_request *request);
/// Who is at the other end: 4 or 16 bytes, none for a Unix socket.
struct chttp_text chttp_peer(const struct chttp_request *request);

/// Leaves the request unanswered when the handler returns. To be called in the handler, before another thread gets it.
void chttp_suspend(struct chttp_request *request);

/// Answers a request, once. Everything is copied. A byte of a value that can't stand in a field becomes `?`; a field with an
/// empty value is left out: a blank says the same.
void chttp_answer(
    struct chttp_request *request, unsigned status, const struct chttp_field *fields, size_t count,
    struct chttp_text body);

/// A stream's next bytes: writes at most `room` of them. 0: none yet, `chttp_stream_wake` will say when; -1: the end.
typedef ptrdiff_t (*chttp_more)(void *stream, char *bytes, size_t room);
/// Called once when the stream is over, whoever ended it.
typedef void (*chttp_over)(void *stream);

struct chttp_stream;

/// Answers with a stream, once. `stream` is given to `more` and `over`, on threads of the server.
struct chttp_stream *chttp_answer_stream(
    struct chttp_request *request, unsigned status, const struct chttp_field *fields, size_t count,
    chttp_more more, chttp_over over, void *stream);

/// There may be more: `more` is asked again. On any thread, until `over` was called.
void chttp_stream_wake(struct chttp_stream *stream);

/// Listens on an address of 4 or 16 bytes; port 0: any free one. Returns the descriptor, or -errno.
int chttp_listen_address(const unsigned char *address, size_t count, unsigned port);

/// Listens on a Unix socket of this mode. One that nobody serves any more is replaced; anything else that is there stays.
int chttp_listen_path(const char *path, unsigned mode);

/// The port that a listening socket has; 0 for a Unix socket.
int chttp_port(int listening);

/// The address that a listening socket has: how many bytes of it were written, 4 or 16; 0 for a Unix socket.
size_t chttp_address(int listening, unsigned char address[16]);

/// The one listening socket that the service manager handed over; -1 where there is none, or another -errno.
int chttp_inherited(void);
