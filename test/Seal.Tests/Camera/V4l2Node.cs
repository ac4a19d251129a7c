namespace Cinnabar.Seal.Tests.Camera;

/// <summary>
/// A V4L2 node with a camera behind it: a path to a real character device, and an ffmpeg into which
/// <c>v4l2-node.c</c> is loaded. The driver is ours; ffmpeg's capture code and the seal's arguments are the real ones.
/// </summary>
internal sealed class V4l2Node
{
    private static readonly Lazy<byte[]> Driver = new(Compile);

    /// <param name="folder">Where node, frames and program are put.</param>
    /// <param name="format">The one pixel format it offers: <c>YUYV</c> or <c>MJPG</c>; its one size is 320x240.</param>
    internal V4l2Node(string folder, string format)
    {
        Path = System.IO.Path.Combine(folder, "video0");
        string driver = System.IO.Path.Combine(folder, "v4l2-node.so"), frames = System.IO.Path.Combine(folder, format);
        FfmpegPath = System.IO.Path.Combine(folder, "ffmpeg");
        string[] encode = format == "YUYV"
            ? ["-c:v", "rawvideo", "-pix_fmt", "yuyv422", "-f", "rawvideo"]
            : ["-c:v", "mjpeg", "-q:v", "6", "-pix_fmt", "yuvj420p", "-f", "mjpeg"];
        File.WriteAllBytes(driver, Driver.Value);
        File.WriteAllBytes(frames, Ffmpeg.Run(["-f", "lavfi", "-i", "testsrc2=size=320x240:rate=15:duration=2", .. encode, "pipe:1"]));
        File.WriteAllText(FfmpegPath, $"""
            #!/bin/sh
            export LD_PRELOAD='{driver}' V4L2_NODE='{Path}' V4L2_FRAMES='{frames}' V4L2_FORMAT={format} V4L2_SIZE=320x240
            exec ffmpeg "$@"
            """);
        File.SetUnixFileMode(FfmpegPath, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        PlugIn();
    }

    /// <summary>The node.</summary>
    internal string Path { get; }

    /// <summary>The real ffmpeg, for which a camera is behind the node.</summary>
    internal string FfmpegPath { get; }

    // A character device that everybody may open, for the seal looks at what stands there before ffmpeg does.
    internal void PlugIn() => File.CreateSymbolicLink(Path, "/dev/null");

    internal void PullOut() => File.Delete(Path);

    private static byte[] Compile()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string driver = System.IO.Path.Combine(folder, "v4l2-node.so");
            Ffmpeg.Run("gcc", ["-Wall", "-Wextra", "-Werror", "-O1", "-shared", "-fPIC", "-o", driver,
                System.IO.Path.Combine(AppContext.BaseDirectory, "Camera", "v4l2-node.c"), "-ldl", "-pthread"], null);
            return File.ReadAllBytes(driver);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
