/// libpng, and the few C functions that keep its errors on the C side.
///
/// libpng reports an error by `longjmp`, which must not unwind a Swift frame. Each function below that can
/// meet an error sets its own `setjmp` target, calls libpng, and returns: zero when all went well, nonzero
/// after an error, whose text is then in `message`. Data comes from memory and goes to memory; warnings are
/// dropped.
#ifndef LIMN_CPNG_SHIM_H
#define LIMN_CPNG_SHIM_H

#include <png.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LIMN_PNG_MESSAGE_SIZE 160

/// A PNG that is being read from memory, which must outlive the reader.
typedef struct {
  png_structp png;
  png_infop info;
  const uint8_t *bytes;
  size_t length;
  size_t position;
  /// Set when libpng asked for bytes beyond the end: the file is cut short.
  int truncated;
  int passes;
  char message[LIMN_PNG_MESSAGE_SIZE];
} limn_png_reader;

/// A PNG that is being written to memory; `bytes` belongs to the caller, who frees it with `free`.
typedef struct {
  uint8_t *bytes;
  size_t length;
  size_t capacity;
  char message[LIMN_PNG_MESSAGE_SIZE];
} limn_png_writer;

static inline void limn_png_keep_message(char *destination, const char *message) {
  strncpy(destination, message, LIMN_PNG_MESSAGE_SIZE - 1);
  destination[LIMN_PNG_MESSAGE_SIZE - 1] = 0;
}

static inline void limn_png_read_failed(png_structp png, png_const_charp message) {
  limn_png_keep_message(((limn_png_reader *)png_get_error_ptr(png))->message, message);
  png_longjmp(png, 1);
}

static inline void limn_png_write_failed(png_structp png, png_const_charp message) {
  limn_png_keep_message(((limn_png_writer *)png_get_error_ptr(png))->message, message);
  png_longjmp(png, 1);
}

static inline void limn_png_ignore_warning(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

static inline void limn_png_take(png_structp png, png_bytep destination, size_t count) {
  limn_png_reader *reader = (limn_png_reader *)png_get_io_ptr(png);
  if (count > reader->length - reader->position) {
    reader->truncated = 1;
    png_error(png, "the file ends too early");
  }
  memcpy(destination, reader->bytes + reader->position, count);
  reader->position += count;
}

static inline void limn_png_give(png_structp png, png_bytep source, size_t count) {
  limn_png_writer *writer = (limn_png_writer *)png_get_io_ptr(png);
  if (count > writer->capacity - writer->length) {
    size_t wanted = writer->length + count;
    size_t capacity = writer->capacity < 4096 ? 4096 : writer->capacity;
    while (capacity < wanted) capacity += capacity / 2;
    uint8_t *grown = (uint8_t *)realloc(writer->bytes, capacity);
    if (grown == NULL) png_error(png, "out of memory");
    writer->bytes = grown;
    writer->capacity = capacity;
  }
  memcpy(writer->bytes + writer->length, source, count);
  writer->length += count;
}

static inline void limn_png_flush(png_structp png) { (void)png; }

/// Reads everything before the pixels, and asks for whole samples of 8 or 16 bits in the host's byte order:
/// palettes become colors, fewer bits become 8, and a transparent color becomes an alpha channel.
__attribute__((noinline)) static int limn_png_open(limn_png_reader *reader) {
  reader->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, reader, limn_png_read_failed, limn_png_ignore_warning);
  if (reader->png == NULL) return 1;
  reader->info = png_create_info_struct(reader->png);
  if (reader->info == NULL) return 1;
  if (setjmp(png_jmpbuf(reader->png))) return 1;
  png_set_read_fn(reader->png, reader, limn_png_take);
  png_read_info(reader->png, reader->info);
  png_set_expand(reader->png);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  png_set_swap(reader->png);
#endif
  reader->passes = png_set_interlace_handling(reader->png);
  png_read_update_info(reader->png, reader->info);
  return 0;
}

/// Decodes all rows into `samples`, each `png_get_rowbytes` long, then reads what follows the pixels.
__attribute__((noinline)) static int limn_png_decode(limn_png_reader *reader, uint8_t *samples) {
  if (setjmp(png_jmpbuf(reader->png))) return 1;
  size_t stride = png_get_rowbytes(reader->png, reader->info);
  png_uint_32 height = png_get_image_height(reader->png, reader->info);
  for (int pass = 0; pass < reader->passes; pass++) {
    for (png_uint_32 y = 0; y < height; y++) {
      png_read_row(reader->png, samples + y * stride, NULL);
    }
  }
  png_read_end(reader->png, reader->info);
  return 0;
}

static inline void limn_png_close(limn_png_reader *reader) {
  png_destroy_read_struct(&reader->png, &reader->info, NULL);
}

/// Encodes rows of `stride` bytes (samples of 8 bits, or of 16 in the host's byte order).
/// Level and filters are fixed, so that equal pictures give equal bytes.
__attribute__((noinline)) static int limn_png_encode(
    limn_png_writer *writer, uint32_t width, uint32_t height, int bit_depth, int color_type,
    const uint8_t *samples, size_t stride, const png_text *texts, int text_count) {
  png_structp png =
      png_create_write_struct(PNG_LIBPNG_VER_STRING, writer, limn_png_write_failed, limn_png_ignore_warning);
  if (png == NULL) return 1;
  png_infop info = png_create_info_struct(png);
  if (info == NULL) {
    png_destroy_write_struct(&png, NULL);
    return 1;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    return 1;
  }
  png_set_write_fn(png, writer, limn_png_give, limn_png_flush);
  png_set_compression_level(png, 6);
  png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_ALL_FILTERS);
  png_set_IHDR(png, info, width, height, bit_depth, color_type, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  if (text_count > 0) png_set_text(png, info, texts, text_count);
  png_write_info(png, info);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  if (bit_depth == 16) png_set_swap(png);
#endif
  for (uint32_t y = 0; y < height; y++) png_write_row(png, samples + y * stride);
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return 0;
}

#endif
