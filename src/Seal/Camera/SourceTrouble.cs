namespace Cinnabar.Seal.Camera;

/// <summary>Says for the technician at the door what ffmpeg's last words mean and what to do; ffmpeg's own words follow it.</summary>
internal static class SourceTrouble
{
    private const int LinesShown = 3;

    private const string NoSuchFormat =
        "the camera does not offer the pixel format in camera.sourceFormat: leave it out, or name one of ffmpeg -f v4l2 -list_formats all -i NODE";

    // ffmpeg's wording, 4.x to 6.x; the first that matches decides. errno texts are the C library's.
    private static readonly (string Said, string Meaning)[] Meanings =
    [
        ("401 Unauthorized", "the camera refuses the name or the password: correct them in camera.source"),
        ("403 Forbidden", "the camera's account may not see this stream: give it the right, or name another in camera.source"),
        ("404 Not Found", "the camera has no stream at the path in camera.source: its manual or its own page names the path"),
        ("Connection refused", "nothing serves RTSP at the address in camera.source: switch RTSP on in the camera, or correct the port"),
        ("timed out", "the camera does not answer: see to its power and network, or correct the address in camera.source"),
        ("No route to host", "the camera cannot be reached: see to its power and network, or correct the address in camera.source"),
        ("Network is unreachable", "the camera cannot be reached: see to the seal's own network"),
        ("Failed to resolve hostname", "the name of the camera is not known: correct it in camera.source, or write its IP address"),
        ("matches no streams", "the source carries no picture: name another stream in camera.source"),
        ("Device or resource busy", "another program holds the camera: end it"),
        ("No such device", "the camera is unplugged: plug it in"),
        ("Permission denied", "the seal may not open what camera.source names: for a camera put its account into the group video"),
        ("Inappropriate ioctl for device", "the node in camera.source is no camera: /dev/v4l/by-id lists those that are"),
        ("Not a video capture device", "the node in camera.source takes no pictures: a camera often has a second node beside it that does"),
        ("Cannot find a proper format", NoSuchFormat),
        ("No such input format", NoSuchFormat),
    ];

    // What it warns of at every healthy start, because it is told not to look before it plays.
    private static readonly string[] Idle = ["onsider increasing", "Could not find codec parameters", "deprecated pixel format"];

    /// <summary>One line: meaning, exit code and the last things said.</summary>
    /// <param name="exitCode">ffmpeg's; .NET reports death by signal n as 128 + n.</param>
    /// <param name="said">The lines it wrote, oldest first, passwords already taken out.</param>
    internal static string Tell(int exitCode, IReadOnlyList<string> said)
    {
        string[] lines = [.. said.Where(line => !Idle.Any(idle => line.Contains(idle, StringComparison.Ordinal)))];
        string ending = $"ffmpeg ended with code {exitCode}";
        if (lines.Length > 0) ending += ": " + string.Join(" | ", lines.TakeLast(LinesShown));
        foreach ((string phrase, string meaning) in Meanings)
        {
            if (lines.Any(line => line.Contains(phrase, StringComparison.Ordinal))) return $"{meaning} ({ending})";
        }
        // Said of a camera that takes the call and then is silent, or hangs up, or is a web server.
        if (lines.Any(line => line.StartsWith("rtsp", StringComparison.Ordinal) && line.EndsWith("Invalid data found when processing input", StringComparison.Ordinal)))
        {
            return $"what answers at the address in camera.source does not speak RTSP, or not in time: correct the port, or start the camera anew ({ending})";
        }
        return exitCode == 0 ? $"the source ended the stream ({ending})" : ending;
    }
}
