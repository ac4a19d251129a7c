namespace Cinnabar.Registry.Periods;

/// <summary>What is sealed, as far as the law's periods tell it apart.</summary>
public enum SealCategory
{
    /// <summary>Land, buildings, flats.</summary>
    Immovable = 1,

    /// <summary>Goods, vehicles, machines.</summary>
    Movable = 2,

    /// <summary>Money in a bank account.</summary>
    Deposit = 3,

    /// <summary>Other property rights: shares, patents, claims.</summary>
    Other = 4,
}
