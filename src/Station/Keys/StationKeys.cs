using Cinnabar.Evidence.Cose;

namespace Cinnabar.Station.Keys;

/// <summary>The court's private keys on this machine, one per role so that none can stand in for another.</summary>
internal sealed class StationKeys : IDisposable
{
    private readonly string _folder;
    private readonly Lock _creating = new();
    private readonly Dictionary<string, EcdsaSigningKey> _officers = [];

    private StationKeys(string folder)
    {
        _folder = folder;
        Log = KeyFile.ReadSigner(PathOf("log"));
        Court = KeyFile.ReadSigner(PathOf("court"));
        Station = KeyFile.ReadSigner(PathOf("station"));
    }

    /// <summary>Signs checkpoints and receipts.</summary>
    public EcdsaSigningKey Log { get; }

    /// <summary>Signs orders, grants, commands and vouches for keys.</summary>
    public EcdsaSigningKey Court { get; }

    /// <summary>Signs what the station itself did: deliveries, incidents, refusals.</summary>
    public EcdsaSigningKey Station { get; }

    /// <summary>Makes the three keys and the CA key in an empty folder.</summary>
    public static void Create(string dataDirectory)
    {
        var folder = Folder(dataDirectory);
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(Path.Combine(folder, "officers"));
        foreach (var role in (string[])["log", "court", "station", "authority", "uplink"])
        {
            KeyFile.Create(Path.Combine(folder, role + ".pem"));
        }
    }

    public static StationKeys Open(string dataDirectory) => new(Folder(dataDirectory));

    public static string Folder(string dataDirectory) => Path.Combine(dataDirectory, "keys");

    /// <summary>The key an officer's decisions are signed with; made at the officer's first need.</summary>
    /// <remarks>Held by the station until officers carry their own: the roster says so.</remarks>
    public EcdsaSigningKey Officer(string login)
    {
        lock (_creating)
        {
            if (_officers.TryGetValue(login, out var known))
            {
                return known;
            }

            var name = Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(login));
            var path = Path.Combine(_folder, "officers", name + ".pem");
            if (!File.Exists(path))
            {
                KeyFile.Create(path);
            }

            return _officers[login] = KeyFile.ReadSigner(path);
        }
    }

    public string PathOf(string role) => Path.Combine(_folder, role + ".pem");

    public void Dispose()
    {
        Log.Dispose();
        Court.Dispose();
        Station.Dispose();
        foreach (var officer in _officers.Values)
        {
            officer.Dispose();
        }
    }
}
