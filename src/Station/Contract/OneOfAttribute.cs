using Cinnabar.Station.Orders;

namespace Cinnabar.Station.Contract;

/// <summary>The text, or each text of the list, is a word of a closed list; the pages get it as a union type.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OneOfAttribute(Vocabulary vocabulary) : Attribute
{
    public Vocabulary Vocabulary { get; } = vocabulary;

    /// <summary>The words, taken from where they are enforced.</summary>
    public IReadOnlyList<string> Words => Vocabulary switch
    {
        Vocabulary.Language => ["zh", "en"],
        Vocabulary.Role => Access.Roles,
        Vocabulary.PartyRole => OrderForm.Roles,
        Vocabulary.Command => SealCommands.Kinds,
        Vocabulary.PhoneRole => [Access.Officer],
        var unknown => throw new InvalidOperationException($"{unknown} has no words."),
    };
}
