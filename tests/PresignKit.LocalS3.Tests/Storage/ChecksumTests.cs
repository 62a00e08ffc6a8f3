using System.Globalization;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3.Tests.Storage;

public class ChecksumTests
{
    // The check value of a CRC is the CRC of these bytes. Source: https://reveng.sourceforge.io/crc-catalogue/all.htm
    private static readonly byte[] CheckInput = "123456789"u8.ToArray();

    public static TheoryData<ChecksumAlgorithm> Algorithms { get; } = new(Enum.GetValues<ChecksumAlgorithm>());

    public static TheoryData<ChecksumAlgorithm> Crcs { get; } = new([ChecksumAlgorithm.Crc32, ChecksumAlgorithm.Crc32C, ChecksumAlgorithm.Crc64Nvme]);

    [Theory]
    [InlineData(ChecksumAlgorithm.Crc32, "CBF43926")]
    [InlineData(ChecksumAlgorithm.Crc32C, "E3069283")]
    [InlineData(ChecksumAlgorithm.Crc64Nvme, "AE8B14860A799888")]
    [InlineData(ChecksumAlgorithm.Sha1, "F7C3BC1D808E04732ADF679965CCC34CA7AE3441")]
    [InlineData(ChecksumAlgorithm.Sha256, "15E2B0D3C33891EBB0F1EF609EC419420C20E320CE94C65FBC8C3312448EB225")]
    public void GetHashAndReset_CheckInput_ReturnsTheCheckValueInBigEndianOrder(ChecksumAlgorithm algorithm, string expected)
    {
        using ChecksumHash hash = ChecksumHash.Create(algorithm);

        hash.Append(CheckInput);

        Convert.ToHexString(hash.GetHashAndReset()).Should().Be(expected);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void GetHashAndReset_SecondUse_StartsWithAnEmptyHash(ChecksumAlgorithm algorithm)
    {
        using ChecksumHash hash = ChecksumHash.Create(algorithm);
        hash.Append(CheckInput);
        byte[] first = hash.GetHashAndReset();

        hash.Append(CheckInput);

        hash.GetHashAndReset().Should().Equal(first);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Size_EveryAlgorithm_IsTheLengthOfItsHash(ChecksumAlgorithm algorithm)
    {
        using ChecksumHash hash = ChecksumHash.Create(algorithm);

        Checksums.Size(algorithm).Should().Be(hash.GetHashAndReset().Length);
    }

    [Fact]
    public void Create_UndefinedAlgorithm_Throws()
    {
        Action create = () => ChecksumHash.Create((ChecksumAlgorithm)99);

        create.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [MemberData(nameof(Crcs))]
    public void Append_RandomLengthsAndPieces_EqualsTheBitwiseReference(ChecksumAlgorithm algorithm)
    {
        Random random = new(1);
        using ChecksumHash hash = ChecksumHash.Create(algorithm);
        for (int round = 0; round < 300; round++)
        {
            byte[] data = TestStorage.RandomBytes(random.Next(0, 600), round);

            AppendPieces(data, random, piece => hash.Append(piece.Span));

            hash.GetHashAndReset().Should().Equal(Reference(algorithm, data), "the length is {0}", data.Length);
        }
    }

    [Fact]
    public void OwnCrc32C_RandomLengthsAndPieces_EqualsTheBitwiseReference()
    {
        Random random = new(2);
        for (int round = 0; round < 300; round++)
        {
            byte[] data = round == 0 ? CheckInput : TestStorage.RandomBytes(random.Next(0, 600), round);
            Crc32C crc = new();

            AppendPieces(data, random, piece => crc.Append(piece.Span));

            crc.Value.ToString("X8", CultureInfo.InvariantCulture).Should().Be(Convert.ToHexString(Reference(ChecksumAlgorithm.Crc32C, data)), "the length is {0}", data.Length);
        }
    }

    [Fact]
    public void OwnCrc64Nvme_RandomLengthsAndPieces_EqualsTheBitwiseReference()
    {
        Random random = new(3);
        for (int round = 0; round < 300; round++)
        {
            byte[] data = round == 0 ? CheckInput : TestStorage.RandomBytes(random.Next(0, 600), round);
            Crc64Nvme crc = new();

            AppendPieces(data, random, piece => crc.Append(piece.Span));

            crc.Value.ToString("X16", CultureInfo.InvariantCulture).Should().Be(Convert.ToHexString(Reference(ChecksumAlgorithm.Crc64Nvme, data)), "the length is {0}", data.Length);
        }
    }

    [Fact]
    public void OwnCrcs_CheckInput_EqualTheCheckValues()
    {
        Crc32C crc32C = new();
        Crc64Nvme crc64 = new();

        crc32C.Append(CheckInput);
        crc64.Append(CheckInput);

        crc32C.Value.Should().Be(0xE3069283);
        crc64.Value.Should().Be(0xAE8B14860A799888);
    }

    [Theory]
    [MemberData(nameof(Crcs))]
    public void CombineCrc_RandomParts_EqualsTheCrcOfTheWhole(ChecksumAlgorithm algorithm)
    {
        Random random = new(4);
        for (int round = 0; round < 200; round++)
        {
            byte[][] parts = [.. Enumerable.Range(0, random.Next(0, 6)).Select(i => TestStorage.RandomBytes(i % 2 == 0 ? 100 : random.Next(0, 3000), (round * 10) + i))];

            byte[] combined = Checksums.CombineCrc(algorithm, parts.Select(part => (Hash(algorithm, part), part.LongLength)));

            combined.Should().Equal(Hash(algorithm, [.. parts.SelectMany(part => part)]), "the lengths are {0}", string.Join(", ", parts.Select(part => part.Length)));
        }
    }

    // The first factor is a power of x beyond 2^32 bits, where a 32-bit length would overflow.
    [Theory]
    [MemberData(nameof(Crcs))]
    public void CombineCrc_PartOfSixGigabytes_EqualsTheCombinationOfItsPieces(ChecksumAlgorithm algorithm)
    {
        byte[] first = Hash(algorithm, TestStorage.RandomBytes(10));
        byte[] block = Hash(algorithm, new byte[1 << 20]);
        (byte[], long)[] blocks = [.. Enumerable.Repeat((block, 1L << 20), 6 * 1024)];
        byte[] large = Checksums.CombineCrc(algorithm, blocks);

        byte[] combined = Checksums.CombineCrc(algorithm, [(first, 10), (large, 6L << 30)]);

        combined.Should().Equal(Checksums.CombineCrc(algorithm, [(first, 10), .. blocks]));
    }

    [Theory]
    [InlineData(ChecksumAlgorithm.Sha1)]
    [InlineData(ChecksumAlgorithm.Sha256)]
    public void CombineCrc_Sha_Throws(ChecksumAlgorithm algorithm)
    {
        Action combine = () => Checksums.CombineCrc(algorithm, []);

        combine.Should().Throw<ArgumentException>().WithMessage("*Use a CRC algorithm.*");
        Checksums.CanCombine(algorithm).Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Composite_TwoParts_IsTheHashOfTheConcatenatedChecksums(ChecksumAlgorithm algorithm)
    {
        byte[] first = Hash(algorithm, [1, 2, 3]);
        byte[] second = Hash(algorithm, [4, 5]);

        Checksums.Composite(algorithm, [first, second]).Should().Equal(Hash(algorithm, [.. first, .. second]));
    }

    private static byte[] Hash(ChecksumAlgorithm algorithm, byte[] data)
    {
        using ChecksumHash hash = ChecksumHash.Create(algorithm);
        hash.Append(data);
        return hash.GetHashAndReset();
    }

    private static void AppendPieces(byte[] data, Random random, Action<ReadOnlyMemory<byte>> append)
    {
        for (int position = 0; position < data.Length;)
        {
            int length = Math.Min(random.Next(0, 100), data.Length - position);
            append(data.AsMemory(position, length));
            position += length;
        }
    }

    // One bit at a time, and with the unreflected polynomial, so that the tables of the implementations are not used.
    private static byte[] Reference(ChecksumAlgorithm algorithm, byte[] data)
    {
        (int width, ulong polynomial) = algorithm switch
        {
            ChecksumAlgorithm.Crc32 => (32, 0x04C11DB7UL),
            ChecksumAlgorithm.Crc32C => (32, 0x1EDC6F41UL),
            _ => (64, 0xAD93D23594C93659UL),
        };
        ulong mask = ulong.MaxValue >> (64 - width);
        ulong crc = mask;
        foreach (byte value in data)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                bool top = ((crc >> (width - 1)) & 1) != (ulong)((value >> bit) & 1);
                crc = ((crc << 1) ^ (top ? polynomial : 0)) & mask;
            }
        }

        ulong reflected = 0;
        for (int bit = 0; bit < width; bit++)
        {
            reflected |= ((crc >> bit) & 1) << (width - 1 - bit);
        }

        byte[] bytes = BitConverter.GetBytes(reflected ^ mask);
        Array.Reverse(bytes);
        return bytes[^(width / 8)..];
    }
}
