using System.Text;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Tests.Compression;

public sealed class CodecTests
{
    public static TheoryData<CompressionKind> Written => [CompressionKind.Snappy, CompressionKind.Gzip, CompressionKind.Brotli, CompressionKind.Zstandard];

    [Theory]
    [MemberData(nameof(Written))]
    public void WhatIsCompressedComesBack(CompressionKind kind)
    {
        using var codecs = new CodecSet();
        var random = new Random(7);
        foreach (int length in (int[])[.. Enumerable.Range(0, 70), 100, 1000, 65535, 65536, 65537, 200_001])
            foreach (int alphabet in (int[])[1, 2, 20, 256])
            {
                byte[] bytes = Sample(random, length, alphabet);
                byte[] compressed = Compress(codecs[kind], bytes);
                byte[] back = new byte[length];
                codecs[kind].Decompress(compressed, back);
                Assert.Equal(bytes, back);
            }
    }

    [Theory]
    [MemberData(nameof(Written))]
    public void CutDataIsRefused(CompressionKind kind)
    {
        using var codecs = new CodecSet();
        byte[] bytes = Sample(new Random(8), 300, 5);
        byte[] compressed = Compress(codecs[kind], bytes);
        for (int length = 0; length < compressed.Length; length++)
            Assert.Throws<MalformedException>(() => codecs[kind].Decompress(compressed.AsMemory(0, length), new byte[300]));
        Assert.Throws<MalformedException>(() => codecs[kind].Decompress(compressed, new byte[299]));
        Assert.Throws<MalformedException>(() => codecs[kind].Decompress(compressed, new byte[301]));
    }

    [Theory]
    [MemberData(nameof(Written))]
    public void ChangedDataIsRefusedOrGivesAsManyBytes(CompressionKind kind)
    {
        using var codecs = new CodecSet();
        var random = new Random(9);
        byte[] bytes = Sample(random, 2000, 9);
        byte[] compressed = Compress(codecs[kind], bytes);
        byte[] guarded = new byte[2000 + 64];
        for (int trial = 0; trial < 3000; trial++)
        {
            byte[] changed = [.. compressed];
            for (int i = random.Next(1, 4); i > 0; i--)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            guarded.AsSpan(2000).Fill(0xA5);
            try
            {
                codecs[kind].Decompress(changed, guarded.AsSpan(0, 2000));
            }
            catch (MalformedException)
            {
            }
            Assert.False(guarded.AsSpan(2000).ContainsAnyExcept((byte)0xA5));
        }
    }

    [Fact]
    public void GzipMembersThatFollowEachOtherAreOneText()
    {
        using var codecs = new CodecSet();
        byte[] two = [.. Compress(codecs[CompressionKind.Gzip], "abc"u8.ToArray()), .. Compress(codecs[CompressionKind.Gzip], "def"u8.ToArray())];
        byte[] back = new byte[6];
        codecs[CompressionKind.Gzip].Decompress(two, back);
        Assert.Equal("abcdef"u8, back);
    }

    [Fact]
    public void SnappyBytesAreTheSameEverywhere()
    {
        using var codecs = new CodecSet();
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 400).Select(i => $"{i * 7919 % 1000};")));
        Assert.Equal(3905598269u, Crc32.Hash(Compress(codecs[CompressionKind.Snappy], text)));
    }

    [Fact]
    public void ChecksumsAreThoseOfTheirSpecifications()
    {
        Assert.Equal(0xCBF43926u, Crc32.Hash("123456789"u8));
        Assert.Equal(0xCBF43926u, Crc32.Hash("6789"u8, Crc32.Hash("12345"u8)));
        Assert.Equal(0x02CC5D05u, XxHash32.Hash([]));
        Assert.Equal(0x32D153FFu, XxHash32.Hash("abc"u8));
        Assert.Equal(438364507u, XxHash32.Hash([.. Enumerable.Range(0, 101).Select(i => (byte)i)]));
    }

    internal static byte[] Compress(Codec codec, byte[] bytes)
    {
        byte[] target = new byte[codec.MaxCompressed(bytes.Length)];
        return target[..codec.Compress(bytes, target)];
    }

    // Some stretches repeat what stands near or far before, near ones overlapping.
    internal static byte[] Sample(Random random, int length, int alphabet)
    {
        byte[] bytes = new byte[length];
        for (int at = 0; at < length;)
        {
            int count = Math.Min(random.Next(1, 90), length - at);
            int back = at == 0 || random.Next(3) == 0 ? 0 : random.Next(1, Math.Min(at, random.Next(2) == 0 ? 20 : 70_000) + 1);
            for (int i = 0; i < count; i++, at++)
                bytes[at] = back == 0 ? (byte)random.Next(alphabet) : bytes[at - back];
        }
        return bytes;
    }
}
