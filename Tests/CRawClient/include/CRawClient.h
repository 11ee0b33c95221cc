#pragma once

#include <stddef.h>

// A client that sends bytes as they are, for what no decent client would send. Errors are -errno.

/// Connects to 127.0.0.1.
int raw_connect_port(unsigned port);
int raw_connect_path(const char *path);
/// Sends all of it, or fails.
int raw_send(int connection, const void *bytes, size_t count);
/// Waits at most so long for something; 0 at the end, -ETIMEDOUT for nothing in time.
ptrdiff_t raw_receive(int connection, void *bytes, size_t room, int milliseconds);
/// Says that nothing more will be sent.
void raw_finish(int connection);
void raw_close(int connection);

/// A socket at this path to which datagrams come.
int raw_receiver_at_path(const char *path);
