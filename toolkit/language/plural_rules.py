"""Plural forms in use by language: from gettext, and where it is silent from Weblate.

Made by `.ci/generate/plural_rules.py`.
"""

RULES: tuple[tuple[int, str, str], ...] = (
    (
        2,
        "(n != 1)",
        (
            "aa ab abr ada ae af afh agr aii ain akk ale aln alt ami an ang anp arc "
            "arp arw asa ast av avk awa ayc az azb ba bal ban bar bas bbc bci bej bem"
            " ber bew bez bg bgc bgn bhb bhi bi bik bin bjj bjn bla bnt bqi bra brb "
            "brh brx bua bug bum byn ca cad cak car ce cgg ch chb chg chk chm chn cho"
            " chp chr chy ckb co cop cpe cpf cr crp cu da dak dar dcc de del den dgr "
            "din dje dnj dnk dru dry dua dum dv dyu ee efi egl egy eka el elx en enm "
            "eo es et eu ewo ext fan fat fbl ffm fi fj fo fon frk frm fro frr frs fuq"
            " fur fuv fvr fy gaa gay gba gbm gez gil gl glk gmh gn goh gom gon gor "
            "got grb gsw guc gum gur guz gwi ha hac hai haw haz he hif hil hit hmn "
            "hnd hne hno ho hoc hoj hrx ht hu hup hus hz ia iba ibb ie ik ilo inh io "
            "isv it jam jgo jmc jpr jrb ka kaa kac kaj kam kaw kbd kcg kek kfr kfy kg"
            " kha khn kho ki kj kk kkj kl kln kmb kmr kpe kr krc kri krl kru ks ksb "
            "ku kum kut kv kxm ky la lad laj lam lb lez lfn lg li lij lir ljp lki lmn"
            " lmo lol loz lrc lu lua lui lun luo lus luy luz mad mag mai mak man mas "
            "mdf mdh mdr men mer mey mfa mga mgh mgo mh mhr mic min miq mjw ml mn mnc"
            " mni mnw moe moh mos mr mrh mtr mus mwk mwl mwr mww mxc myv myx mzn na "
            "nah nap nb nd ndc nds ne new ng ngl nhn nia nij niu nl nn nnh nod noe "
            "nog non nr nuk nv nwc ny nym nyn nyo nzi oc_ES oj om or os ota otk otq "
            "ovd pag pal pam pap pau pbb pdt peo phn pi pms pon pro prs ps pt pwn qu "
            "quc qug qya raj rap rar rcf rej rhg rif rkt rm rmt rn rng rof rom rue "
            "rup rw rwk sad sai sam saq sas sc sck sco sco-ulster sd sdh sef seh sel "
            "sga sgn shn shs sid sjd skr sm sml sn snk so sog sou sq srn srr ss ssy "
            "st suk sus sux sv sv-FI sw swb swg swv sxu syc syl syr szy ta tay tcy te"
            " tem teo ter tet the tig tiv tk tkl tli tly tmh tn tog toi tr trv ts tsg"
            " tsi tsj tts tum tvl tw ty tyv tzj tzl udm ug uga umb und unm unr ur uz "
            "vai ve vls vmf vmw vo vot vro vun wae wal war was wbq wbr wep wtm xal xh"
            " xnr xog yao yap yi yua yuw za zap zbl zen zgh zun zza"
        ),
    ),
    (
        1,
        "0",
        (
            "ace ay bm bo cdo_Hans cdo_Hant cdo_Latn cpx_Hans cpx_Hant cpx_Latn crh "
            "dz gan_Hans gan_Hant hak_Hans hak_Hant hak_Latn hnj hsn id ig ii ja jbo "
            "jv kde kea km ko kos lkt lo lzh mis ms my nan_Hans nan_Hant "
            "nan_Hntl_pehoeji nan_Hntl_tailo nan_Latn_pehoeji nan_Latn_tailo "
            "nan_Qabs_pehoeji nan_Qabs_tailo nqo osa qpv sah ses sg son su th tlh to "
            "tok tpi tt vi wo wuu_Hans wuu_Hant yo yue_Hans yue_Hant zh_Hans "
            "zh_Hans_SG zh_Hant zh_Hant_HK zh_Latn"
        ),
    ),
    (
        2,
        "(n > 1)",
        (
            "ach ady ak am arn as bh bho bn csw doi fa ff fr frc frp gu gug gun guw "
            "hi hy kab kn kok ln mfe mg mi mia nso oc pa pcm pt_BR qdt qtp si tg ti "
            "wa zu"
        ),
    ),
    (
        6,
        ("n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"),
        ("aeb apc apd ar_BH ar_DZ ar_EG ar_KW ar_LY ar_Latn ar_MA ar_SA ar_XB ar_YE"),
    ),
    (
        3,
        "(n == 1) ? 0 : ((n == 2) ? 1 : 2)",
        "iu naq se sma smi smj smn sms",
    ),
    (
        3,
        ("(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"),
        "be hr ru sr uk",
    ),
    (
        2,
        ("n != 1 && n != 2 && n != 3 && (n % 10 == 4 || n % 10 == 6 || n % 10 == 9)"),
        "ceb fil tl",
    ),
    (
        3,
        "(n == 0) ? 0 : ((n == 1) ? 1 : 2)",
        "blo cv lag",
    ),
    (
        3,
        "(n == 1) ? 0 : ((n != 0 && n % 1000000 == 0) ? 1 : 2)",
        "lld scn vec",
    ),
    (
        3,
        "(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2",
        "cpp cs sk",
    ),
    (
        3,
        ("n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2"),
        "bs cnr wen",
    ),
    (
        3,
        "n==1 ? 0 : n==2 ? 1 : 2",
        "ga grc sa",
    ),
    (
        6,
        (
            "(n == 0) ? 0 : ((n == 1) ? 1 : ((n == 2) ? 2 : ((n % 100 >= 3 && n % 100"
            " <= 10) ? 3 : ((n % 100 >= 11 && n % 100 <= 99) ? 4 : 5))))"
        ),
        "arq ars arz",
    ),
    (
        3,
        "n==0 ? 0 : n==1 ? 1 : 2",
        "ksh mnk",
    ),
    (
        3,
        "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2",
        "csb szl",
    ),
    (
        4,
        ("(n % 100 == 1) ? 0 : ((n % 100 == 2) ? 1 : ((n % 100 == 3 || n % 100 == 4) ? 2 : 3))"),
        "dsb hsb",
    ),
    (
        2,
        "n % 10 != 1 || n % 100 == 11",
        "is",
    ),
    (
        2,
        "n >= 2 && (n < 11 || n > 99)",
        "tzm",
    ),
    (
        2,
        "n==1 || n%10==1 ? 0 : 1",
        "mk",
    ),
    (
        3,
        (
            "(n % 10 == 0 || n % 100 >= 11 && n % 100 <= 19) ? 0 : ((n % 10 == 1 && n"
            " % 100 != 11) ? 1 : 2)"
        ),
        "prg",
    ),
    (
        3,
        "(n == 0 || n == 1) ? 0 : ((n >= 2 && n <= 10) ? 1 : 2)",
        "shi",
    ),
    (
        3,
        "(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2)",
        "lv",
    ),
    (
        3,
        "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2)",
        "lt",
    ),
    (
        3,
        "(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)",
        "pl",
    ),
    (
        3,
        "n == 1 ? 0 : n == 2 ? 1 : 2",
        "sat",
    ),
    (
        3,
        "n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2",
        "ltg",
    ),
    (
        3,
        "n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2",
        "ro",
    ),
    (
        4,
        (
            "(n % 10 == 1 && n % 100 != 11) ? 0 : ((n == 2) ? 1 : ((n != 2 && n % 10 "
            ">= 2 && n % 10 <= 9 && (n % 100 < 11 || n % 100 > 19)) ? 2 : 3))"
        ),
        "sgs",
    ),
    (
        4,
        (
            "(n % 10 == 1) ? 0 : ((n % 10 == 2) ? 1 : ((n % 100 == 0 || n % 100 == 20"
            " || n % 100 == 40 || n % 100 == 60 || n % 100 == 80) ? 2 : 3))"
        ),
        "gv",
    ),
    (
        4,
        "(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3)",
        "sl",
    ),
    (
        4,
        "(n==1 || n==11) ? 0 : (n==2 || n==12) ? 1 : (n > 2 && n < 20) ? 2 : 3",
        "gd",
    ),
    (
        4,
        ("n==1 ? 0 : n==0 || ( n%100>1 && n%100<11) ? 1 : (n%100>10 && n%100<20 ) ? 2 : 3"),
        "mt",
    ),
    (
        5,
        (
            "(n % 10 == 1 && n % 100 != 11 && n % 100 != 71 && n % 100 != 91) ? 0 : "
            "((n % 10 == 2 && n % 100 != 12 && n % 100 != 72 && n % 100 != 92) ? 1 : "
            "((((n % 10 == 3 || n % 10 == 4) || n % 10 == 9) && (n % 100 < 10 || n % "
            "100 > 19) && (n % 100 < 70 || n % 100 > 79) && (n % 100 < 90 || n % 100 "
            "> 99)) ? 2 : ((n != 0 && n % 1000000 == 0) ? 3 : 4)))"
        ),
        "br",
    ),
    (
        6,
        (
            "(n == 0) ? 0 : ((n == 1) ? 1 : (((n % 100 == 2 || n % 100 == 22 || n % "
            "100 == 42 || n % 100 == 62 || n % 100 == 82) || n % 1000 == 0 && (n % "
            "100000 >= 1000 && n % 100000 <= 20000 || n % 100000 == 40000 || n % "
            "100000 == 60000 || n % 100000 == 80000) || n != 0 && n % 1000000 == "
            "100000) ? 2 : ((n % 100 == 3 || n % 100 == 23 || n % 100 == 43 || n % "
            "100 == 63 || n % 100 == 83) ? 3 : ((n != 1 && (n % 100 == 1 || n % 100 "
            "== 21 || n % 100 == 41 || n % 100 == 61 || n % 100 == 81)) ? 4 : 5))))"
        ),
        "kw",
    ),
    (
        6,
        ("(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)"),
        "ar",
    ),
    (
        6,
        "(n==0) ? 0 : (n==1) ? 1 : (n==2) ? 2 : (n==3) ? 3 :(n==6) ? 4 : 5",
        "cy",
    ),
)
"""Number of forms, expression in C, languages."""

OTHER_NUMBERS: dict[int, str] = {
    1: ("bi cgg cv fa fj gn hu hy ka na om tr yue za zh"),
    2: (
        "agq ann apc ary ay blo blt bm br bss cch ccp cic cy dav dsb dyo ebu gd "
        "gv hnj hsb id ig ii iu jbo jv kde kea ken kgp khq km ksf ksh kw kxv lag "
        "lkt lld lo ltg lzz mhn ms mua my naq nmg no nqo nus oka osa pis prg sa "
        "sah sat sbp scn se ses sg shi sma smj smn sms su suz szl to tok tpi trw "
        "tt twq vec wbp wo xdq yav yo yrl yue"
    ),
    3: ("ca dsb dv es fil fr gv he hsb ik it kw mi mk pt sm"),
    4: ("cy he kw lt"),
    5: ("cy ga mt"),
    6: ("br"),
}
"""Numbers of forms that catalogs of these languages have as well."""
