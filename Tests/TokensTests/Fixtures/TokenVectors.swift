/// Tokens that others signed, with their public keys.
enum TokenVectors {
    // RFC 7515 A.2
    static let rfc7515A2 = """
        eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19\
        yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt\
        _O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb\
        1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI\
        8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw
        """
    static let rfc7515A2Modulus = """
        ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yR\
        T-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXB\
        dQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9ia\
        GNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ
        """

    // RFC 7515 A.3
    static let rfc7515A3 = """
        eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19\
        yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU\
        1Q
        """
    static let rfc7515A3X = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"
    static let rfc7515A3Y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"

    // RFC 8037 A.4
    static let rfc8037A4 = """
        eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6\
        dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg
        """
    static let rfc8037A4X = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"

    // `openssl dgst -sha256 -sign`, once with PKCS #1 padding and three times with PSS: salts of 32, 0 and 20 bytes.
    static let dgstModulus = """
        uJme5rFCROSPClYu0b8fGWvPiVXj0VOLHxUOsKHILBVD4hCMeulPv78spPAI-a-w-2_-aTv2XXxD9oaB3NVjHJ3fDAjNPLfcC2Nt\
        dF6HFI5FRxowfec830ccZOIFWdE67qM4-g69Xva-16ZTtjIv9A1VEZ9z9Xp7GzFAol-shLoIK6N1baTAj_FBozCb1C_6QQbRj6Ay\
        KWC5xlk00qj6nI0XAdZ_te27-Tuv-jABl54RPpeB91CHwqaNWnpwOi5Na2O7HhF8PaDatCGATEWYVf_Aa6g2zcLzLQECwX3awnx8\
        9ez2zB5nynHWGfX2t50_DxoOtn7Oi9AAOeIGUhLYnw
        """
    static let dgstRS256 = """
        eyJhbGciOiJSUzI1NiIsImtpZCI6ImRnc3QiLCJ0eXAiOiJhdCtqd3QifQ.eyJpc3MiOiJvcGVuc3NsIn0.HluIyZfdjP4A7ohLD\
        6tnDqUfen1ffm7spC3PkfBBuPtxhatLKRjiTO_tn4aNznsqfYWr8gj1bJgLLXVUL9XoZx98j4joa8pifOeiU9EYgEDSVzMYW3Gn-\
        aYzTzLGaiLIZ3N_PAEK8mZYfi9XovfKXPaVHcSLDrpMMVBu3JQ-emK8qferFG4meRvg1M9toUjpi3saENzjmXwGHpMXjKpJYQYfn\
        KC67kfCOLKkyRlEbBQYUiZv4CVhvxdNJgarwKECvvHQXUIaTK5W6DGY1LiqVQqC734MATmSVk3-qhoHQ2hA2LKBZIVrN0J1Lu7_Y\
        hpUI-gwsj2y-eYpsfTFwOwbfg
        """
    static let dgstPSSSalt32 = """
        eyJhbGciOiJQUzI1NiIsImtpZCI6ImRnc3QiLCJ0eXAiOiJhdCtqd3QifQ.eyJpc3MiOiJvcGVuc3NsIn0.Dak6Ez8GI6GiSZNsO\
        NsYhRql3NEaVHpRHq0EdG51KhkXvxLMUE_Jc2qc2x27MmVFtNz6dfT55wnyeawPq4L8hLJF4R38FB1YU6Es_z-SVmdYAMQ-ov5DR\
        zXo6vh2KI5F4goycR2ellO_NoZTAnr0YGCvhknAGRMiSBIHMENK_ujnCZhO4rqtbLG7CH-j68BW5AtxXnkTMnK-cI_5bNAIwNWar\
        6daCq23QurJCAe-spW2kI9hjKiTKxTPhb0Rn_A8rX5gExciX9MwfXUDm2-1qwjZy9QB3l8E8-r5w8I3nzAACQ3q-Xq3hKvld-fJe\
        1LDlpWib_3_vBtXBEGiATaKjw
        """
    static let dgstPSSSalt0 = """
        eyJhbGciOiJQUzI1NiIsImtpZCI6ImRnc3QiLCJ0eXAiOiJhdCtqd3QifQ.eyJpc3MiOiJvcGVuc3NsIn0.HKWmx_m3QIGXUGxmU\
        YBT2zA_WPcjSCaHURf7YLjZfD562YVrdF6k8GJIaOkep00V1uu1uANTc9sj3iqOZTNMnYxiIPjiI1lT66ANfzMD-70-zUaj9u_FQ\
        AgFv1HEureYpljWgvM-KICcofBa-ISvE0PNP37EovLQ1vHoeUImVddi_v0Gu45Hkn_Z3y3ibIu9CNOT6Uzkm5s-4JQZuHbo84PH-\
        -cwtzcNVrRGxQixa0bwdAlobGOQKXpl6ED0aAIqxI1qRQD2qczHl-qWQyqfjFAm_HD69X9-GL7gaEbV2x-BQqDP7fWy2Cf2rf0_r\
        U8bwDpYdq4NcKIp2SZq5R-sOQ
        """
    static let dgstPSSSalt20 = """
        eyJhbGciOiJQUzI1NiIsImtpZCI6ImRnc3QiLCJ0eXAiOiJhdCtqd3QifQ.eyJpc3MiOiJvcGVuc3NsIn0.p2BQKlhWZSLgxe28q\
        T_KevJd740hagBMLS5VMOKRD73_nUaoV0nOgEL_n1rzCINk15R33zMpL8fPrG24ujSuly6Of9xtGDD-LGobYx3OamtOd0ZHybuD0\
        MeitRULMegmtFw2fcqJI4fUeB83EbOsvRqaMGbzvCrRGDsU0-L11PFQ2PKTj8avuYg5UzBh5JdW5eueHyvioSOSomQwQP9Rrte_b\
        YzzsyEK0sXsfH6TH7TfzELw_RH1Q8sLojx-r51tiPnXYugxxm5kZ-BJ4m2_BV2FKtNT40WvaclYCiHV6R6l1h1dM1uNdXHv3Q2EU\
        sxoNizH_TJG8-R_-_gSWWGMqA
        """
}
