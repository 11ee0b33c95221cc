// What the parts of CHTTP share.
#pragma once

#include "CHTTP.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

enum { chttp_most_fields = 100, chttp_usual_fields = 12 };

struct chttp_server {
    struct MHD_Daemon *daemon;
    int listening;
    struct chttp_limits limits;
    chttp_handler handle;
    chttp_refusal refused;
    void *context;
    atomic_bool draining;
    /// Connections that sleep: the library can't be stopped while there are any.
    atomic_uint suspended;
    /// From the request line to the last byte of the answer.
    atomic_uint requests;
};

struct chttp_request {
    struct chttp_server *server;
    struct MHD_Connection *connection;
    const char *method;
    /// `usual_fields`, or memory of its own where there are more.
    struct chttp_field *fields;
    size_t field_count;
    size_t field_room;
    struct chttp_field usual_fields[chttp_usual_fields];
    char *body;
    size_t body_count;
    size_t body_room;
    char peer[16];
    size_t peer_count;
    bool begun;
    bool handled;
    bool suspended;
    /// 0 while all is well.
    unsigned refusal;
    struct MHD_Response *answer;
    unsigned status;
    char *longer_target;
    size_t target_count;
    char target[256];
};

struct chttp_request *chttp_request_make(struct chttp_server *server, const char *target);
void chttp_request_free(struct chttp_request *request);
/// Reads what the head says; a refusal is noted in the request.
void chttp_request_begin(struct chttp_request *request, struct MHD_Connection *connection, const char *method);
/// False where there is no room for more.
bool chttp_request_add(struct chttp_request *request, const char *bytes, size_t count);
enum MHD_Result chttp_queue(struct chttp_request *request);
