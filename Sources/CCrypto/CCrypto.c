// The older, direct calls of SHA-256 are faster on short texts than the general ones: no look-up.
#define OPENSSL_API_COMPAT 0x10100000L

#include "CCrypto.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int ccrypto_sha256(
    const uint8_t *first, size_t first_count, const uint8_t *second, size_t second_count,
    const uint8_t *third, size_t third_count, uint8_t digest[32]) {
    SHA256_CTX context;
    int is_good = SHA256_Init(&context);
    if (first_count) is_good &= SHA256_Update(&context, first, first_count);
    if (second_count) is_good &= SHA256_Update(&context, second, second_count);
    if (third_count) is_good &= SHA256_Update(&context, third, third_count);
    is_good &= SHA256_Final(digest, &context);
    return is_good ? 0 : -1;
}

int ccrypto_hmac_sha256(
    const uint8_t *key, size_t key_count, const uint8_t *message, size_t message_count,
    uint8_t digest[32]) {
    static const uint8_t nothing[1] = {0};
    unsigned int count = 0;
    uint8_t *made = HMAC(
        EVP_sha256(), key_count ? key : nothing, (int)key_count,
        message_count ? message : nothing, message_count, digest, &count);
    return made && count == 32 ? 0 : -1;
}

int ccrypto_random(uint8_t *bytes, size_t count) {
    // getentropy gives at most 256 bytes a call.
    while (count > 0) {
        size_t part = count < 256 ? count : 256;
        if (getentropy(bytes, part) != 0) return -1;
        bytes += part;
        count -= part;
    }
    return 0;
}

int ccrypto_equal(const uint8_t *left, const uint8_t *right, size_t count) {
    return CRYPTO_memcmp(left, right, count) == 0;
}

static size_t whole_pages(size_t count) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    return (count + page - 1) / page * page;
}

uint8_t *ccrypto_secret_make(size_t count) {
    size_t size = whole_pages(count ? count : 1);
    void *bytes = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (bytes == MAP_FAILED) return NULL;
    // Where the limit on locked memory is used up the buffer still works.
    (void)mlock(bytes, size);
    (void)madvise(bytes, size, MADV_DONTDUMP);
    (void)madvise(bytes, size, MADV_WIPEONFORK);
    return bytes;
}

void ccrypto_secret_destroy(uint8_t *bytes, size_t count) {
    if (!bytes) return;
    size_t size = whole_pages(count ? count : 1);
    explicit_bzero(bytes, size);
    (void)munlock(bytes, size);
    (void)munmap(bytes, size);
}

void ccrypto_zero(void *bytes, size_t count) { explicit_bzero(bytes, count); }
