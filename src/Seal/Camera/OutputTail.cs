using System.Text;
using System.Text.RegularExpressions;

namespace Cinnabar.Seal.Camera;

/// <summary>The last lines a program wrote, bounded in lines and in bytes a line, without the password of the address it was given. Thread safe.</summary>
internal sealed partial class OutputTail(StreamAddress? address = null)
{
    private const int LinesMax = 20;
    private const int LineLengthMax = 400;

    // Room for an address in full behind whatever stands before it: a password cut in two would no longer be recognised.
    private const int LineBytesMax = LineLengthMax + (4 * StreamAddress.LengthMax);

    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = new();
    private readonly byte[] _line = new byte[LineBytesMax];
    private int _length;

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            foreach (byte b in bytes)
            {
                if (b is (byte)'\n' or (byte)'\r') EndLine();
                else if (_length < LineBytesMax) _line[_length++] = b;
            }
        }
    }

    /// <summary>The last lines, oldest first.</summary>
    internal IReadOnlyList<string> Lines()
    {
        lock (_gate)
        {
            EndLine();
            return [.. _lines];
        }
    }

    private void EndLine()
    {
        if (_length == 0) return;
        // An RTSP address carries the camera's password, and this text reaches screens and records.
        string line = Encoding.UTF8.GetString(_line, 0, _length).Trim();
        line = Credentials().Replace(address?.Hide(line) ?? line, "://***@");
        _lines.Enqueue(line.Length > LineLengthMax ? line[..LineLengthMax] : line);
        _length = 0;
        if (_lines.Count > LinesMax) _lines.Dequeue();
    }

    [GeneratedRegex("://[^\\s]+@")]
    private static partial Regex Credentials();
}
