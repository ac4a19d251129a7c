/*
 * A V4L2 camera for tests, loaded into ffmpeg with LD_PRELOAD: no kernel module can be had where tests run, and ioctls cannot
 * be spoken over a pipe. It answers for the path V4L2_NODE as a UVC camera of one format and one size does (Linux
 * userspace API, "Video for Linux", part 1): what it does not offer it replaces by what it does, and it gives frames at
 * the rate that was set. Pulling the plug is removing the path.
 *
 *   V4L2_NODE    the path        V4L2_FRAMES  a file of frames, played round and round
 *   V4L2_FORMAT  YUYV or MJPG    V4L2_SIZE    such as 320x240
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BUFFERS = 8 };

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static int node = -1;
static unsigned width, height, format, stride;
static struct v4l2_fract interval = { 1, 30 };
static unsigned char *frames, *buffers;
static size_t frames_length, frame_at;
static struct timespec due;
static int queue[BUFFERS], queued, streaming;
static unsigned sequence;

static int plugged_in(void)
{
    struct stat status;
    return stat(getenv("V4L2_NODE"), &status) == 0;
}

static int plug(void)
{
    const char *path = getenv("V4L2_FRAMES"), *name = getenv("V4L2_FORMAT");
    sscanf(getenv("V4L2_SIZE"), "%ux%u", &width, &height);
    format = v4l2_fourcc(name[0], name[1], name[2], name[3]);
    stride = (width * height * 2 + 4095) & ~4095u;
    FILE *file = fopen(path, "rb");
    struct stat status;
    if (file == NULL || fstat(fileno(file), &status) != 0) return -1;
    frames_length = (size_t)status.st_size;
    frames = malloc(frames_length);
    if (fread(frames, 1, frames_length, file) != frames_length) return -1;
    fclose(file);
    /* The buffers are a file in memory, and its number is the node's: mmap and close then need no help. */
    node = memfd_create("v4l2-node", MFD_CLOEXEC);
    if (ftruncate(node, (off_t)stride * BUFFERS) != 0) return -1;
    buffers = mmap(NULL, (size_t)stride * BUFFERS, PROT_READ | PROT_WRITE, MAP_SHARED, node, 0);
    return buffers == MAP_FAILED ? -1 : node;
}

static int open_as(const char *name, const char *path, int flags, mode_t mode)
{
    const char *ours = getenv("V4L2_NODE");
    if (ours != NULL && strcmp(path, ours) == 0 && plugged_in()) return plug();
    return ((int (*)(const char *, int, ...))dlsym(RTLD_NEXT, name))(path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open_as("open", path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open_as("open64", path, flags, mode);
}

static int fail(int error)
{
    errno = error;
    return -1;
}

/* The next frame's bytes: YUYV by its size, a JPEG up to its end marker, which cannot stand inside one. */
static size_t next_frame(unsigned char *into)
{
    size_t length = (size_t)width * height * 2;
    if (frame_at >= frames_length) frame_at = 0;
    if (format == V4L2_PIX_FMT_MJPEG) {
        unsigned char *end = memmem(frames + frame_at, frames_length - frame_at, "\xFF\xD9", 2);
        length = (size_t)(end + 2 - frames) - frame_at;
    }
    memcpy(into, frames + frame_at, length);
    frame_at += length;
    return length;
}

static int dequeue(struct v4l2_buffer *buffer)
{
    if (!streaming || queued == 0) return fail(EINVAL);
    due.tv_nsec += 1000000000L * interval.numerator / interval.denominator;
    if (due.tv_nsec >= 1000000000L) {
        due.tv_nsec -= 1000000000L;
        due.tv_sec++;
    }
    pthread_mutex_unlock(&gate);
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
    pthread_mutex_lock(&gate);
    if (!plugged_in()) return fail(ENODEV);
    buffer->index = (unsigned)queue[0];
    memmove(queue, queue + 1, sizeof(int) * (size_t)--queued);
    buffer->bytesused = (unsigned)next_frame(buffers + (size_t)stride * buffer->index);
    buffer->length = stride;
    buffer->sequence = sequence++;
    buffer->flags = V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
    buffer->timestamp.tv_sec = due.tv_sec;
    buffer->timestamp.tv_usec = due.tv_nsec / 1000;
    return 0;
}

static int enumerate_size(struct v4l2_frmsizeenum *size)
{
    if (size->index > 0 || size->pixel_format != format) return fail(EINVAL);
    size->type = V4L2_FRMSIZE_TYPE_DISCRETE;
    size->discrete.width = width;
    size->discrete.height = height;
    return 0;
}

static int describe(struct v4l2_fmtdesc *description)
{
    if (description->index > 0) return fail(EINVAL);
    description->pixelformat = format;
    description->flags = format == V4L2_PIX_FMT_MJPEG ? V4L2_FMT_FLAG_COMPRESSED : 0;
    return 0;
}

/* As drivers do: no refusal, but what comes nearest. */
static int set_format(struct v4l2_pix_format *wanted)
{
    wanted->width = width;
    wanted->height = height;
    wanted->pixelformat = format;
    wanted->field = V4L2_FIELD_NONE;
    wanted->bytesperline = format == V4L2_PIX_FMT_MJPEG ? 0 : width * 2;
    wanted->sizeimage = width * height * 2;
    return 0;
}

static int set_interval(struct v4l2_captureparm *wanted, int keep)
{
    if (keep && wanted->timeperframe.numerator > 0 && wanted->timeperframe.denominator > 0) interval = wanted->timeperframe;
    wanted->capability = V4L2_CAP_TIMEPERFRAME;
    wanted->timeperframe = interval;
    return 0;
}

static int answer(unsigned long request, void *argument)
{
    struct v4l2_buffer *buffer = argument;
    switch (request) {
    case VIDIOC_QUERYCAP:
        memset(argument, 0, sizeof(struct v4l2_capability));
        ((struct v4l2_capability *)argument)->capabilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
        return 0;
    case VIDIOC_G_INPUT: *(int *)argument = 0; return 0;
    case VIDIOC_S_INPUT: return *(int *)argument == 0 ? 0 : fail(EINVAL);
    case VIDIOC_ENUMINPUT:
        if (((struct v4l2_input *)argument)->index > 0) return fail(EINVAL);
        ((struct v4l2_input *)argument)->type = V4L2_INPUT_TYPE_CAMERA;
        return 0;
    case VIDIOC_ENUM_FMT: return describe(argument);
    case VIDIOC_ENUM_FRAMESIZES: return enumerate_size(argument);
    case VIDIOC_G_FMT: case VIDIOC_S_FMT: case VIDIOC_TRY_FMT: return set_format(&((struct v4l2_format *)argument)->fmt.pix);
    case VIDIOC_G_PARM: case VIDIOC_S_PARM:
        return set_interval(&((struct v4l2_streamparm *)argument)->parm.capture, request == VIDIOC_S_PARM);
    case VIDIOC_REQBUFS: ((struct v4l2_requestbuffers *)argument)->count = BUFFERS; return 0;
    case VIDIOC_QUERYBUF:
        if (buffer->index >= BUFFERS) return fail(EINVAL);
        buffer->length = stride;
        buffer->m.offset = stride * buffer->index;
        return 0;
    case VIDIOC_QBUF:
        if (buffer->index >= BUFFERS || queued == BUFFERS) return fail(EINVAL);
        queue[queued++] = (int)buffer->index;
        return 0;
    case VIDIOC_DQBUF: return dequeue(buffer);
    case VIDIOC_STREAMON: clock_gettime(CLOCK_MONOTONIC, &due); streaming = 1; return 0;
    case VIDIOC_STREAMOFF: streaming = queued = 0; return 0;
    default: return fail(ENOTTY); /* analogue standards and the like, which a UVC camera has none of */
    }
}

int ioctl(int number, unsigned long request, ...)
{
    va_list more;
    va_start(more, request);
    void *argument = va_arg(more, void *);
    va_end(more);
    if (node < 0 || number != node) return ((int (*)(int, unsigned long, ...))dlsym(RTLD_NEXT, "ioctl"))(number, request, argument);
    if (!plugged_in()) return fail(ENODEV);
    pthread_mutex_lock(&gate);
    int result = answer(request, argument);
    pthread_mutex_unlock(&gate);
    return result;
}
