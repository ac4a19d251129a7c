namespace Cinnabar.Station.Gateway;

/// <summary>The live statement lanes, one a device. Safe for concurrent use.</summary>
internal sealed class SessionRegister
{
    private readonly Lock _changing = new();
    private readonly Dictionary<string, SealSession> _sessions = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (_changing)
            {
                return _sessions.Count;
            }
        }
    }

    /// <summary>Makes a session the device's live one; the one before is told.</summary>
    public void Open(SealSession session)
    {
        lock (_changing)
        {
            if (_sessions.TryGetValue(session.Device, out var old))
            {
                old.Supersede(session);
            }

            _sessions[session.Device] = session;
        }
    }

    /// <summary>Removes the session unless another has taken its place.</summary>
    /// <returns>True when it was the live one.</returns>
    public bool Close(SealSession session)
    {
        lock (_changing)
        {
            return _sessions.GetValueOrDefault(session.Device) == session && _sessions.Remove(session.Device);
        }
    }

    public SealSession? Find(string device)
    {
        lock (_changing)
        {
            return _sessions.GetValueOrDefault(device);
        }
    }
}
