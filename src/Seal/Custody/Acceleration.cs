namespace Cinnabar.Seal.Custody;

/// <summary>Acceleration in m/s², gravity included, in the accelerometer's own axes.</summary>
internal readonly record struct Acceleration(double X, double Y, double Z)
{
    public double Length => Math.Sqrt((X * X) + (Y * Y) + (Z * Z));

    public Acceleration Minus(Acceleration other) => new(X - other.X, Y - other.Y, Z - other.Z);

    /// <summary>Moves this mean a <paramref name="share"/> (0…1) of the way to <paramref name="sample"/>.</summary>
    public Acceleration Towards(Acceleration sample, double share) =>
        new(X + ((sample.X - X) * share), Y + ((sample.Y - Y) * share), Z + ((sample.Z - Z) * share));

    /// <summary>Angle between the two directions in degrees, 0…180; 0 when either has no length.</summary>
    public double DegreesFrom(Acceleration other)
    {
        var lengths = Length * other.Length;
        if (lengths <= 0)
        {
            return 0;
        }

        var cosine = ((X * other.X) + (Y * other.Y) + (Z * other.Z)) / lengths;
        return Math.Acos(Math.Clamp(cosine, -1, 1)) * 180 / Math.PI;
    }
}
