using System.Collections.Concurrent;

namespace Cinnabar.Station.Gateway;

/// <summary>The live statement lanes, one a device.</summary>
internal sealed class SessionRegister
{
    private readonly ConcurrentDictionary<string, SealSession> _sessions = new();

    public int Count => _sessions.Count;

    /// <summary>Makes a session the device's live one.</summary>
    /// <returns>The one it replaces, or null.</returns>
    public SealSession? Open(SealSession session)
    {
        SealSession? replaced = null;
        _sessions.AddOrUpdate(session.Device, session, (_, old) =>
        {
            replaced = old;
            return session;
        });
        return replaced;
    }

    /// <summary>Removes the session unless another has taken its place.</summary>
    /// <returns>True when it was the live one.</returns>
    public bool Close(SealSession session) =>
        _sessions.TryRemove(new KeyValuePair<string, SealSession>(session.Device, session));

    public SealSession? Find(string device) => _sessions.GetValueOrDefault(device);
}
