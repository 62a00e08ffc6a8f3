Console.Out.Write(PresignKit.PackageTests.PresignedLines.All());
