namespace Cinnabar.Station.Media;

/// <summary>A picture as received.</summary>
internal sealed record PictureRow
{
    /// <summary>Hash it was sent under.</summary>
    public required string Hash { get; init; }

    public required string Seal { get; init; }

    /// <summary>Hash of its bytes.</summary>
    public required string Got { get; init; }

    public required string ContentType { get; init; }

    /// <summary>Station clock when it came.</summary>
    public long ReceivedMs { get; init; }

    /// <summary>The same device has signed <see cref="Hash"/>.</summary>
    public bool IsStated { get; init; }

    /// <inheritdoc cref="MediaState"/>
    public MediaState State => Got != Hash ? MediaState.Mismatch : IsStated ? MediaState.Signed : MediaState.Unsigned;
}
