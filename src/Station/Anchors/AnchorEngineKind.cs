namespace Cinnabar.Station.Anchors;

/// <summary>Which anchor engine a station uses.</summary>
internal enum AnchorEngineKind
{
    /// <summary>None: nothing is anchored.</summary>
    None = 0,

    /// <summary>One file, of this court alone or shared by the courts of one machine.</summary>
    Sqlite = 1,

    /// <summary>A cluster of courts.</summary>
    Etcd = 2,

    /// <summary>A contract on an EVM chain.</summary>
    Evm = 3,
}
