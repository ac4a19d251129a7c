namespace Cinnabar.Evidence.Verification;

/// <summary>Who may state a kind of fact: the word before the colon of the issuer.</summary>
public enum IssuerRole
{
    /// <summary>A seal on a door.</summary>
    Device,

    /// <summary>The court with its command key.</summary>
    Court,

    /// <summary>The court's server.</summary>
    Station,

    /// <summary>A person in the court's service.</summary>
    Officer,
}
