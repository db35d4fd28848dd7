using System.Buffers.Binary;

namespace RegisterEngine.Kernels;

/// <summary>The checksum of gzip and of Parquet pages: CRC-32 with the polynomial 0x04C11DB7, reflected.</summary>
/// <remarks>ITU-T V.42; eight bytes a step by eight tables (M. Kounavis and F. Berry, "A systematic approach to building high performance software-based CRC generators", 2005).</remarks>
internal static class Crc32
{
    private static readonly uint[] Tables = MakeTables();

    /// <summary>The checksum of some bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="before">The checksum of what stands before them.</param>
    public static uint Hash(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        ReadOnlySpan<uint> tables = Tables;
        uint crc = ~before;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = tables[(int)(0x700 + (low & 0xFF))] ^ tables[(int)(0x600 + ((low >> 8) & 0xFF))]
                ^ tables[(int)(0x500 + ((low >> 16) & 0xFF))] ^ tables[(int)(0x400 + (low >> 24))]
                ^ tables[(int)(0x300 + (high & 0xFF))] ^ tables[(int)(0x200 + ((high >> 8) & 0xFF))]
                ^ tables[(int)(0x100 + ((high >> 16) & 0xFF))] ^ tables[(int)(high >> 24)];
        }
        foreach (byte value in bytes)
            crc = (crc >> 8) ^ tables[(int)((crc ^ value) & 0xFF)];
        return ~crc;
    }

    private static uint[] MakeTables()
    {
        uint[] tables = new uint[8 * 256];
        for (uint i = 0; i < 256; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320 : 0);
            tables[i] = crc;
        }
        for (int i = 256; i < tables.Length; i++)
            tables[i] = (tables[i - 256] >> 8) ^ tables[(int)(tables[i - 256] & 0xFF)];
        return tables;
    }
}
