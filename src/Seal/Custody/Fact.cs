using System.Collections.Immutable;
using System.Globalization;

namespace Cinnabar.Seal.Custody;

/// <summary>
/// Something that happened at the door, to be signed as it stands. Kinds are those of
/// <see cref="FactKinds"/>; the body holds texts and whole numbers, in ms, mm/s², percent and
/// thousandths of a degree, never fractions.
/// </summary>
internal sealed record Fact(string Kind, AlarmLevel Level, Moment At, ImmutableArray<FactField> Body)
{
    /// <summary>True for L1 and above: the frame goes out before pictures and is journaled with fsync.</summary>
    public bool IsAlarm => Level >= AlarmLevel.L1;

    /// <summary>The text of a field, a number in invariant digits, or null when the body has no such field.</summary>
    public string? Field(string name)
    {
        foreach (var field in Body)
        {
            if (field.Name == name)
            {
                return field.Text ?? field.Number?.ToString(CultureInfo.InvariantCulture);
            }
        }

        return null;
    }
}
