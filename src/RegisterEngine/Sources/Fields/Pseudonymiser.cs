using System.Security.Cryptography;
using RegisterEngine.Schemas;

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

    /// <summary>Writes the pseudonym of an id; a national identity number in two parts has that of its digits.</summary>
    /// <param name="id">The id in UTF-8, whatever the encoding of its extract: the same text must have the same pseudonym.</param>
    /// <param name="pseudonym">Room for <see cref="PseudonymLength"/> bytes.</param>
    public void Write(ReadOnlySpan<byte> id, Span<byte> pseudonym)
    {
        Span<byte> digits = stackalloc byte[NationalId.Length];
        scoped ReadOnlySpan<byte> spelt = NationalId.TryJoin(id, digits) ? digits : id;
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, spelt, hash);
        Convert.TryToHexStringLower(hash, pseudonym, out _);
    }
}
