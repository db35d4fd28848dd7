using System.Security.Cryptography;

namespace RegisterEngine.Sources.Fields;

/// <summary>Replaces person ids by a keyed hash before anything else sees them: HMAC-SHA-256, 64 hexadecimal digits in lower case.</summary>
/// <remarks>RFC 2104 and FIPS 180-4. The same key gives the same pseudonyms, so extracts of different years still meet; without it none can be undone.</remarks>
public sealed class Pseudonymiser
{
    /// <summary>Bytes that a key must have at least.</summary>
    public const int LeastKeyBytes = 16;

    /// <summary>Bytes of a pseudonym.</summary>
    public const int PseudonymLength = 2 * HMACSHA256.HashSizeInBytes;

    private readonly byte[] _key;

    /// <exception cref="ArgumentException">The key is shorter than <see cref="LeastKeyBytes"/>.</exception>
    public Pseudonymiser(ReadOnlySpan<byte> key)
    {
        if (key.Length < LeastKeyBytes)
            throw new ArgumentException($"A pseudonymisation key needs at least {LeastKeyBytes} bytes; this one has {key.Length}.", nameof(key));
        _key = key.ToArray();
    }

    /// <summary>Writes the pseudonym of an id.</summary>
    public void Write(ReadOnlySpan<byte> id, Span<byte> pseudonym)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, id, hash);
        Convert.TryToHexStringLower(hash, pseudonym, out _);
    }
}
