#pragma once
#include <stddef.h>
#include <stdint.h>

// What storage needs of the kernel: looking at files, the queue of writers, the doorbell.
// Functions answer 0 or a descriptor, or a negative error number (-ENOENT).

/// Kinds of files.
#define csystem_file_regular 0
#define csystem_file_folder 1
#define csystem_file_link 2
#define csystem_file_other 3

struct csystem_file {
    uint64_t device, number;
    int64_t size;
    uint32_t mode, owner;
    int kind;
};

#define csystem_eperm 1
#define csystem_enoent 2
#define csystem_eintr 4
#define csystem_eio 5
#define csystem_eacces 13
#define csystem_eexist 17
#define csystem_enotdir 20
#define csystem_einval 22
#define csystem_enfile 23
#define csystem_emfile 24
#define csystem_enospc 28
#define csystem_erofs 30
#define csystem_enametoolong 36
#define csystem_eloop 40
#define csystem_etimedout 110
#define csystem_edquot 122

/// Looks at what is at `path`, without following a link there.
int csystem_look_at(const char *path, struct csystem_file *file);

/// 0 where this process may write to what is at `path`.
int csystem_may_write(const char *path);

/// `path` without links and dots, for something that exists. Returns the bytes written, without
/// the zero at the end.
int csystem_real_path(const char *path, char *real, size_t capacity);

/// Makes the folder, for its owner alone.
int csystem_make_folder(const char *path);

/// Gives the file at `from` the name `to` as well, which must be free; then takes the first away.
int csystem_put_in_place(const char *from, const char *to);

int csystem_remove(const char *path);

/// Makes names and sizes in a folder, or the content of a file, durable.
int csystem_sync(const char *path);

uint32_t csystem_user(void);

/// Narrows what this process makes to its owner: call it first thing.
void csystem_keep_files_private(void);

/// Opens the small file at `path` for reading and writing, made for its owner alone if missing.
/// Returns a descriptor.
int csystem_open_beside(const char *path);

/// Whether the descriptor is still the file at `path`: 1, 0, or an error.
int csystem_is_at(int descriptor, const char *path);

int csystem_close(int descriptor);

/// The network of an address, or of a network that is no wider: `192.0.2.0/24`, `2001:db8:1::/48`. Returns the
/// bytes written, without the zero at the end; -EINVAL where the text is neither.
int csystem_network(const char *text, char *network, size_t capacity);

/// Waits for the turn of this descriptor, first come, first served, at most until `deadline`
/// milliseconds have passed; then answers -ETIMEDOUT. Leaves this process's number in the file.
int csystem_enter_queue(int descriptor, int64_t deadline);

int csystem_leave_queue(int descriptor);

/// The number of the process whose turn it is, or was last; 0 where that is unknown.
int32_t csystem_queue_holder(int descriptor);

/// Keep signals that stop, or end, a process from this thread until `csystem_release_signals`.
/// `state` is an opaque place for 16 words: what was held before.
void csystem_hold_stops(uint64_t state[16]);
void csystem_hold_ends(uint64_t state[16]);
void csystem_release_signals(const uint64_t state[16]);

/// A descriptor that becomes readable when the file at `path` is written, for `poll`.
int csystem_watch(const char *path, int *watch);

/// Takes all that is waiting on the descriptor: 1 where something was, 0 where nothing is waiting. Where the
/// file may be gone `*is_lost` becomes 1.
int csystem_drain(int descriptor, int *is_lost);

int csystem_rewatch(int descriptor, const char *path, int *watch);

/// Writes a byte at the beginning of the file: whoever watches it wakes.
int csystem_ring(int descriptor);
