namespace Cinnabar.Uplink;

/// <summary>The two connections of a seal. Source: docs/formats/uplink.md.</summary>
public enum UplinkClientLane
{
    /// <summary>Statements, acknowledgements, heartbeats, commands.</summary>
    Statements,

    /// <summary>Pictures and video; its backlog in the kernel is kept small.</summary>
    Media,
}
