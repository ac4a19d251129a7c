using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Cinnabar.Shared;

/// <summary>Reads what fakesmsc printed and keeps the messages. Safe for concurrent use.</summary>
public sealed partial class KannelPhones
{
    private readonly Lock _gate = new();
    private readonly List<PhoneMessage> _messages = [];
    private readonly Dictionary<string, SortedDictionary<int, byte[]>> _parts = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Everything that arrived so far, in order.</summary>
    public IReadOnlyList<PhoneMessage> Messages
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>Waits until a message fits, counting those already there.</summary>
    /// <exception cref="TimeoutException">None came within the limit.</exception>
    public async Task<PhoneMessage> WaitAsync(Func<PhoneMessage, bool> fits, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(limit);
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_messages.Find(m => fits(m)) is { } message)
                {
                    return message;
                }

                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(timer.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"No such text message within {limit}; {Messages.Count} others came.");
            }
        }
    }

    internal void Read(string line)
    {
        if (Whole().Match(line) is { Success: true } whole)
        {
            var bytes = Bytes(whole.Groups["data"].Value);
            Keep(whole, whole.Groups["type"].Value == "ucs-2" ? Encoding.BigEndianUnicode.GetString(bytes) : Encoding.UTF8.GetString(bytes));
        }
        else if (Part().Match(line) is { Success: true } part)
        {
            Collect(part);
        }
    }

    // User data header 05 00 03 REF TOTAL INDEX: one of several parts (3GPP TS 23.040, 9.2.3.24.1). Long texts of ours are UCS-2.
    private void Collect(Match part)
    {
        var header = Bytes(part.Groups["udh"].Value);
        if (header.Length < 6)
        {
            return;
        }

        var key = $"{part.Groups["to"].Value} {header[3]}";
        SortedDictionary<int, byte[]> parts;
        lock (_gate)
        {
            if (!_parts.TryGetValue(key, out parts!))
            {
                _parts[key] = parts = [];
            }

            parts[header[5]] = Bytes(part.Groups["data"].Value);
            if (parts.Count < header[4])
            {
                return;
            }

            _parts.Remove(key);
        }

        Keep(part, Encoding.BigEndianUnicode.GetString([.. parts.Values.SelectMany(p => p)]));
    }

    private void Keep(Match match, string text)
    {
        lock (_gate)
        {
            _messages.Add(new PhoneMessage(match.Groups["from"].Value, match.Groups["to"].Value, text, TimeProvider.System.GetUtcNow()));
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private static byte[] Bytes(string encoded) => WebUtility.UrlDecodeToBytes(Encoding.ASCII.GetBytes(encoded), 0, encoded.Length) ?? [];

    [GeneratedRegex(@"Got message \d+: <(?<from>\S+) (?<to>\S+) (?<type>ucs-2|text) (?<data>.*)>$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"Got message \d+: <(?<from>\S+) (?<to>\S+) udh (?<udh>\S+) data (?<data>.*)>$")]
    private static partial Regex Part();
}
