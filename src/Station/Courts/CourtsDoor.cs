using System.Net;

namespace Cinnabar.Station.Courts;

/// <summary>Counts who stands at the port for other courts, so that neither strangers nor one court can take it from the rest. Safe for concurrent use.</summary>
internal sealed class CourtsDoor(CourtsOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _knocking = [];
    private readonly Dictionary<string, int> _inside = new(StringComparer.Ordinal);
    private int _knocks;

    /// <summary>A connection came in; who it is will show in the handshake.</summary>
    /// <returns>Null when too many are waiting already, of this address or of all.</returns>
    public Guest? Knock(IPAddress address)
    {
        lock (_gate)
        {
            var here = _knocking.GetValueOrDefault(address);
            if (here >= options.HandshakesPerAddressMax || _knocks >= options.HandshakesMax)
            {
                return null;
            }

            _knocking[address] = here + 1;
            _knocks++;
            return new Guest(this, address);
        }
    }

    private bool Enter(IPAddress address, string code)
    {
        lock (_gate)
        {
            Take(_knocking, address);
            _knocks--;
            var inside = _inside.GetValueOrDefault(code);
            if (inside >= options.ConnectionsPerCourtMax)
            {
                return false;
            }

            _inside[code] = inside + 1;
            return true;
        }
    }

    private void Leave(IPAddress address, string? code, bool knocks)
    {
        lock (_gate)
        {
            if (code is not null)
            {
                Take(_inside, code);
            }
            else if (knocks)
            {
                Take(_knocking, address);
                _knocks--;
            }
        }
    }

    private static void Take<TKey>(Dictionary<TKey, int> counts, TKey key)
        where TKey : notnull
    {
        if (--counts[key] == 0)
        {
            counts.Remove(key);
        }
    }

    /// <summary>One connection, until it ends.</summary>
    internal sealed class Guest(CourtsDoor door, IPAddress address) : IDisposable
    {
        private bool _knocks = true;
        private string? _code;

        /// <summary>The handshake showed whose it is.</summary>
        /// <returns>False when that court has as many connections as it may.</returns>
        public bool Enter(string code)
        {
            _knocks = false;
            var isIn = door.Enter(address, code);
            _code = isIn ? code : null;
            return isIn;
        }

        public void Dispose() => door.Leave(address, _code, _knocks);
    }
}
