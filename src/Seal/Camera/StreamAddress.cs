namespace Cinnabar.Seal.Camera;

/// <summary>
/// The address of a network camera. It carries the camera's password, before the host or, with many makers, in path or
/// query: so of all this only scheme, host and port are ever shown.
/// </summary>
internal sealed class StreamAddress
{
    /// <summary>Longest address taken; <see cref="OutputTail"/> counts on it to see one whole.</summary>
    internal const int LengthMax = 512;

    private const string SchemeEnd = "://";
    private const string Hidden = "***";

    private static readonly string[] Schemes = ["rtsp", "rtsps"];

    private readonly string _text;
    private readonly string _login;
    private readonly string _rest;

    private StreamAddress(string text)
    {
        _text = text;
        int hostAt = text.IndexOf(SchemeEnd, StringComparison.Ordinal) + SchemeEnd.Length;
        int restAt = text.IndexOfAny(['/', '?', '#'], hostAt);
        if (restAt < 0) restAt = text.Length;
        Scheme = text[..(hostAt - SchemeEnd.Length)].ToLowerInvariant();
        string authority = text[hostAt..restAt];
        // As ffmpeg splits it: the last @ before the path ends the login, so that a password may hold one.
        int at = authority.LastIndexOf('@');
        _login = at < 0 ? "" : authority[..at];
        Host = authority[(at + 1)..];
        _rest = text[restAt..];
    }

    /// <summary>Lower case.</summary>
    internal string Scheme { get; }

    /// <summary>Host and port, as written.</summary>
    internal string Host { get; }

    /// <summary>What ffmpeg is given: the address, its scheme in the letters that ffmpeg knows.</summary>
    internal string ForFfmpeg => Scheme + _text[Scheme.Length..];

    /// <summary>What may be shown.</summary>
    internal string Shown => $"{Scheme}{SchemeEnd}{(_login.Length == 0 ? "" : Hidden + "@")}{Host}{(_rest.Length > 1 ? "/" + Hidden : _rest)}";

    /// <summary>The source as an address; null when it is none.</summary>
    internal static StreamAddress? Of(string source) =>
        source.IndexOf(SchemeEnd, StringComparison.Ordinal) > 0 && !source.StartsWith("lavfi:", StringComparison.Ordinal) ? new(source) : null;

    /// <summary>What is wrong with it and what to write instead, without a word of the address; null when it can be used.</summary>
    internal string? Problem()
    {
        if (!Schemes.Contains(Scheme)) return "Source is a network address of a kind that is not read; use rtsp:// or rtsps://.";
        if (_text.Length > LengthMax) return $"Source is an address of more than {LengthMax} characters.";
        if (_text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))) return "Source is an address with a space in it; write %20.";
        // A slash in a password ends the host early, and what ffmpeg then takes for a port is half the password.
        bool whole = !_rest.Contains('@') && Uri.TryCreate($"{Scheme}{SchemeEnd}{Host}/", UriKind.Absolute, out Uri? uri) && uri.Host.Length > 0;
        return whole
            ? null
            : "Source must read rtsp://name:password@host:port/path; in name and password write / as %2F, ? as %3F, # as %23, % as %25, in the path @ as %40.";
    }

    /// <summary>The text without anything of this address but scheme, host and port.</summary>
    internal string Hide(string text)
    {
        text = text.Replace(ForFfmpeg, Shown, StringComparison.OrdinalIgnoreCase);
        if (_login.Length > 0) text = text.Replace(_login + "@", Hidden + "@", StringComparison.Ordinal);
        if (_rest.Length > 1) text = text.Replace(_rest, "/" + Hidden, StringComparison.Ordinal);
        return text;
    }
}
